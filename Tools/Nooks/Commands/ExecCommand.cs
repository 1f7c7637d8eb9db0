using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks exec</c>: boots without a display, runs shell commands and stops the machine.</summary>
public static class ExecCommand
{
    private const int DefaultTimeoutSeconds = 120;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(DefaultTimeoutSeconds);
        Argument<string[]> commands = new("COMMAND")
        {
            Description = "shell commands of the kernel, each in quotes; all are run, also after one that failed",
            Arity = ArgumentArity.OneOrMore,
        };
        commands.Validators.Add(CommandLineErrors.RefuseOptions);
        Option<bool> json = new("--json") { Description = "print one JSON document instead of the plain outputs" };
        Option<bool> log = new("--log") { Description = "print the kernel's console at the end" };
        Command command = new("exec", "Boot without a display, run shell commands, print their outputs, stop the machine") { commands, json, log };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            BootOptions options = boot.Read(result);

            // Building is not the machine's time.
            string iso = await context.BuildForAsync(options, interrupt);
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            Session session = new(result.GetValue(json), result.GetValue(log));
            return (int)await session.RunAsync(iso, options, result.GetValue(commands)!, deadline);
        });
        return command;
    }

    /// <summary>One boot.</summary>
    private sealed class Session(bool json, bool log)
    {
        private readonly List<CommandResult> _results = [];

        public async Task<ExitCode> RunAsync(string iso, BootOptions options, string[] commands, Deadline deadline)
        {
            MachineEnd? end = null;
            try
            {
                await deadline.LimitAsync(token => RunMachineAsync(iso, options, commands, token));
            }
            catch (MachineEndedException failure)
            {
                end = failure.End;
                Progress.Say($"nooks: {failure.Message}");
            }

            if (json)
            {
                var document = new { Commands = _results, End = end?.Kind.ToString(), end?.Details };
                Console.WriteLine(JsonSerializer.Serialize(document, s_json));
            }

            return end?.ExitCode ?? (_results.TrueForAll(result => result.Succeeded) ? ExitCode.Success : ExitCode.Failure);
        }

        private async Task<bool> RunMachineAsync(string iso, BootOptions options, string[] commands, CancellationToken cancellation)
        {
            await using NooksMachine machine = await NooksMachine.PowerOnAsync(iso, options, cancellation);
            try
            {
                await machine.WaitUntilReadyAsync(cancellation);
                await RunCommandsAsync(machine, commands, cancellation);
                await PowerOffAsync(machine, cancellation);
                return true;
            }
            finally
            {
                if (log)
                {
                    Console.Error.WriteLine(machine.ConsoleLog);
                }
            }
        }

        private async Task RunCommandsAsync(NooksMachine machine, string[] commands, CancellationToken cancellation)
        {
            foreach (string command in commands)
            {
                CommandResult result = await machine.RunAsync(command, cancellation);
                _results.Add(result);
                if (!json)
                {
                    Print(result);
                }
            }
        }

        // What was written is on its way to the disk, and to the file that a sound card plays to. A machine may have been switched off already.
        private static async Task PowerOffAsync(NooksMachine machine, CancellationToken cancellation)
        {
            if (machine.End is null)
            {
                await machine.RunAsync("poweroff", cancellation);
                await machine.WaitForEndAsync(cancellation);
            }
        }

        private static void Print(CommandResult result)
        {
            Console.Write(result.Output);
            if (result.Output.Length > 0 && !result.Output.EndsWith('\n'))
            {
                Console.WriteLine();
            }

            if (!result.Succeeded)
            {
                Progress.Say($"nooks: '{result.Command}' failed ({result.Status})");
            }
        }
    }
}
