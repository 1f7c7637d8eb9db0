using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>A machine whose console is this terminal.</summary>
public static class TerminalMachine
{
    /// <summary>Runs it until it is switched off, or ends itself. Returns the exit code.</summary>
    public static async Task<int> RunAsync(BootOptions options, MachineWiring wiring, CancellationToken cancellation)
    {
        int status = await BoundProcess.RunOnTerminalAsync(QemuCommandLine.Program, QemuCommandLine.Build(options, wiring), EmulatorMessages.Matters, cancellation);
        if (status is 0 or QemuCommandLine.PowerOffStatus)
        {
            return (int)ExitCode.Success;
        }

        if (status == QemuCommandLine.PanicStatus)
        {
            return (int)ExitCode.Panic;
        }

        Progress.Say($"nooks: QEMU {MachineEnd.DescribeStatus(status)}; above is what it said");
        return (int)ExitCode.Usage;
    }
}
