using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks debug</c>: boots stopped, with a gdb stub and symbols.</summary>
public static class DebugCommand
{
    private const int DefaultPort = 1234;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(timeoutSeconds: 0);
        Option<bool> gdb = new("--gdb") { Description = "run gdb in this terminal; the console then goes to a file" };
        Option<int> port = Numbers.Option("--port", "N", "the TCP port of the gdb stub on 127.0.0.1", DefaultPort, 1, ushort.MaxValue);
        Command command = new("debug", "Boot stopped, with a gdb stub and symbols") { gdb, port };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            BootOptions options = boot.Read(result) with { DebuggerPort = result.GetValue(port), WaitsForDebugger = true };
            return await deadline.LimitAsync(token => RunAsync(context, options, result.GetValue(gdb), token));
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, BootOptions options, bool gdb, CancellationToken cancellation)
    {
        if (gdb)
        {
            await new Prerequisites(context.Progress).EnsureAsync([DebianPackage.Debugger], cancellation);
        }

        string iso = await context.BuildForAsync(options, cancellation);
        using TemporaryFolder folder = new();
        await using LinkRelay? relay = LinkRelay.For(options, folder);
        string log = Path.Combine(context.Tree.Logs, "debug.log");
        MachineWiring wiring = new()
        {
            IsoFile = iso,
            ConsoleLogFile = gdb ? log : null,
            Relay = relay?.Sockets,
            UefiVariablesFile = folder.File("uefi-variables"),
            UefiCodeFile = options.Firmware == Firmware.Uefi ? UefiFirmware.Prepare(folder.File("uefi-variables")) : null,
        };
        string[] debugger = [context.Tree.KernelSymbolFile, "-ex", $"target remote 127.0.0.1:{options.DebuggerPort}"];
        if (!gdb)
        {
            Progress.Say($"The machine waits for: gdb {debugger[0]} -ex '{debugger[2]}'");
            return await TerminalMachine.RunAsync(options, wiring, cancellation);
        }

        Progress.Say($"The console goes to {log}");
        using Process machine = BoundProcess.Start(QemuCommandLine.Program, QemuCommandLine.Build(options, wiring), capture: true);
        machine.StandardInput.Close();
        try
        {
            return await ChildProcess.RunOnTerminalAsync("gdb", debugger.Prepend("-q"), cancellation) == 0
                ? (int)ExitCode.Success
                : (int)ExitCode.Failure;
        }
        finally
        {
            machine.Kill();
            await machine.WaitForExitAsync(CancellationToken.None);
        }
    }
}
