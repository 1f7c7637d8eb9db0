using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Shell;
using NooksOS.Wrappers;

namespace NooksOS.Image.Commands;

/// <summary><c>xpc</c>: how often each wrapper was called, and what its calls cost.</summary>
internal sealed class XpcCommand : ICommand
{
    private const double NanosecondsPerSecond = 1e9;
    private const double NanosecondsPerMicrosecond = 1e3;
    private const string ProfileOption = "profile";
    private const long MaximumProfileMilliseconds = 60_000;

    private readonly ulong[,] _lastCalls = new ulong[GateBinding.ServiceTableLength, byte.MaxValue + 1];
    private long _lastNanoseconds;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "xpc",
        Summary = "calls through each wrapper, and how many a second since it was asked last",
        Options =
        [
            new CommandOption("all", null, "also wrappers that were never called"),
            new CommandOption(ProfileOption, "MS", "measure so long what calls cost, callee and waiting included"),
            CommandOption.Json,
        ],
        Details = "Without --profile nothing is measured and calls cost nothing more. For an empty call see bench xpc.",
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Has(ProfileOption))
        {
            Profile(context, context.Arguments.GetNumber(ProfileOption, 0, 1, MaximumProfileMilliseconds));
            return ExitCode.Success;
        }

        long now = Clock.Nanoseconds;
        double seconds = (now - _lastNanoseconds) / NanosecondsPerSecond;
        Table table = new(
            new TableColumn("CONTRACT", "contract"),
            new TableColumn("METHOD", "method"),
            new TableColumn("DIRECTION", "direction"),
            new TableColumn("CALLS", "calls"),
            new TableColumn("PER SECOND", "perSecond"));
        foreach (ContractDescription contract in ContractCatalog.All)
        {
            string direction = DirectionOf(contract);
            for (int method = 0; method < contract.Methods.Count; method++)
            {
                ulong calls = contract.GetCalls(method);
                ref ulong last = ref _lastCalls[contract.Id, method];
                if (calls != 0 || context.Arguments.Has("all"))
                {
                    table.Add(contract.Name, contract.Methods[method], direction, calls, (ulong)((calls - last) / seconds));
                }

                last = calls;
            }
        }

        _lastNanoseconds = now;
        context.Print(table);
        return ExitCode.Success;
    }

    private static void Profile(ShellContext context, long milliseconds)
    {
        if (!CallProfile.TryStart(static () => (ulong)Clock.Nanoseconds))
        {
            throw new CommandFailureException("calls are being measured already, at the other console");
        }

        IReadOnlyList<CallCost> costs;
        try
        {
            context.Sleep(TimeSpan.FromMilliseconds(milliseconds));
        }
        finally
        {
            costs = CallProfile.Stop();
        }

        Table table = new(
            new TableColumn("CONTRACT", "contract"),
            new TableColumn("METHOD", "method"),
            new TableColumn("DIRECTION", "direction"),
            new TableColumn("CALLS", "calls"),
            new TableColumn("US/CALL", "microsecondsPerCall"),
            new TableColumn("LONGEST US", "longestMicroseconds"),
            new TableColumn("TOTAL US", "totalMicroseconds"));
        foreach (CallCost cost in costs.OrderByDescending(cost => cost.Nanoseconds))
        {
            ContractDescription contract = ContractCatalog.All.First(contract => contract.Id == cost.Contract);
            table.Add(
                contract.Name,
                contract.Methods[cost.Method],
                DirectionOf(contract),
                cost.Calls,
                Microseconds(cost.Nanoseconds / (double)cost.Calls),
                Microseconds(cost.LongestNanoseconds),
                Microseconds(cost.Nanoseconds));
        }

        context.Print(table);
    }

    private static string DirectionOf(ContractDescription contract)
        => contract.Direction == CallDirection.KernelToExtension ? "in" : "out";

    private static double Microseconds(double nanoseconds) => Math.Round(nanoseconds / NanosecondsPerMicrosecond, 1);
}
