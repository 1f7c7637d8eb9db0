using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>ping ADDRESS</c>: sends echo requests and says which came back, and when.</summary>
internal sealed class PingCommand(DomainHost host, KernelClock clock) : ICommand
{
    private const string CountOption = "count";
    private const string TimeoutOption = "timeout";
    private const long DefaultCount = 4;
    private const long MaximumCount = 10_000;
    private const long DefaultTimeoutMilliseconds = 1000;
    private const long MaximumTimeoutMilliseconds = 60_000;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const int Digits = 3;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(1);

    private int _lastSequence;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "ping",
        Summary = "send echo requests to an IPv4 address",
        Arguments = "ADDRESS",
        MinimumArguments = 1,
        MaximumArguments = 1,
        Options =
        [
            new CommandOption(CountOption, "N", "how many requests"),
            new CommandOption(TimeoutOption, "MS", "how long to wait for each answer"),
            CommandOption.Json,
        ],
        Details = "Fails if no answer comes at all. A request that a crash swallows is one without an answer.",
    };

    public int Run(ShellContext context)
    {
        uint address = AddressText.Read(context.Arguments.Get(0)!);
        int count = (int)context.Arguments.GetNumber(CountOption, DefaultCount, 1, MaximumCount);
        long timeout = context.Arguments.GetNumber(TimeoutOption, DefaultTimeoutMilliseconds, 1, MaximumTimeoutMilliseconds)
            * NanosecondsPerMillisecond;
        List<double?> milliseconds = [];
        for (int request = 0; request < count; request++)
        {
            double? time = Ping(context, address, timeout);
            if (time is null && host.FindNetworkStack() is null)
            {
                // It was given time to come back first: a crash just before is no reason to fail.
                throw new CommandFailureException("there is no network stack that runs");
            }

            milliseconds.Add(time);
            if (!context.Json)
            {
                context.Output.WriteLine(Describe(address, request + 1, time));
            }
        }

        int answered = milliseconds.Count(time => time is not null);
        if (context.Json)
        {
            context.Output.Write(ToJson(address, count, answered, milliseconds));
        }
        else
        {
            context.Output.WriteLine($"{count} sent, {answered} answered");
        }

        return answered != 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Describe(uint address, int request, double? time)
        => time is { } milliseconds
            ? string.Create(CultureInfo.InvariantCulture, $"{request}: answer from {AddressText.Write(address)} in {milliseconds:F3} ms")
            : $"{request}: no answer";

    private static string ToJson(uint address, int sent, int answered, List<double?> milliseconds)
    {
        JsonWriter json = new();
        json.BeginObject()
            .Property("address", AddressText.Write(address))
            .Property("sent", sent)
            .Property("answered", answered)
            .Name("milliseconds")
            .BeginArray();
        foreach (double? time in milliseconds)
        {
            json.Value(time);
        }

        json.EndArray().EndObject();
        return json + "\n";
    }

    // Returns how long the answer took, or null. The stack is looked up anew each time: it may be replaced meanwhile.
    private double? Ping(ShellContext context, uint address, long timeoutNanoseconds)
    {
        ushort sequence = (ushort)Interlocked.Increment(ref _lastSequence);
        long start = clock.NowNanoseconds;
        bool isSent = false;
        while (clock.NowNanoseconds - start < timeoutNanoseconds)
        {
            INetworkStack? stack = host.FindNetworkStack();
            if (!isSent)
            {
                // Refused as long as there is no route: a lease may be on its way.
                isSent = stack?.Ping(address, sequence, clock.NowNanoseconds).Succeeded ?? false;
            }
            else if (stack is not null && stack.GetPing(sequence).TryGet(out PingStatus status) && status.Answered)
            {
                return Math.Round(status.RoundTripNanoseconds / (double)NanosecondsPerMillisecond, Digits);
            }

            context.Sleep(s_poll);
        }

        return null;
    }
}
