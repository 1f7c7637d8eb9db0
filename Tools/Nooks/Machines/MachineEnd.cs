using System;
using System.Globalization;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Machines;

/// <summary>How a machine ended.</summary>
/// <param name="Kind">Why it no longer runs.</param>
/// <param name="Details">The panic block, QEMU's error or the processor's state; may be empty.</param>
public sealed record MachineEnd(MachineEndKind Kind, string Details)
{
    // What shells, and the runtime, make of the number of a signal.
    private const int SignalStatus = 128;

    // Nobody sends it to himself, as he may the others.
    private const int KillSignal = 9;

    /// <summary>What the tool says to its caller about this end, where it was not wanted.</summary>
    public ExitCode ExitCode => Kind switch
    {
        MachineEndKind.PowerOff => ExitCode.Failure,
        MachineEndKind.Panic => ExitCode.Panic,
        MachineEndKind.EmulatorFailed or MachineEndKind.EmulatorKilled => ExitCode.Usage,
        _ => ExitCode.Hang,
    };

    /// <summary>One line for a person.</summary>
    public string Describe() => Kind switch
    {
        MachineEndKind.PowerOff => "the kernel switched the machine off",
        MachineEndKind.Panic => "the kernel panicked",
        MachineEndKind.Reset => "the machine reset itself",
        MachineEndKind.Hang => "the kernel hung, or the time ran out (--timeout)",
        MachineEndKind.EmulatorKilled => "QEMU was ended from outside: by hand, or by the host for want of memory",
        _ => "QEMU failed",
    };

    /// <summary>What the exit status of the emulator means, as the end of a sentence.</summary>
    public static string DescribeStatus(int status) => status > SignalStatus
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {status - SignalStatus}")
        : string.Create(CultureInfo.InvariantCulture, $"ended with status {status}");

    /// <summary>Whether an emulator ended that another program has told to, and not by itself.</summary>
    /// <param name="status">Its exit status.</param>
    /// <param name="reason">Why the machine was shut down, if it has said.</param>
    public static bool IsKilled(int status, string? reason) => status == SignalStatus + KillSignal || reason == "host-signal";

    /// <summary>The part of a console log from the panic on; empty where there is none.</summary>
    public static string PanicBlock(string consoleLog)
    {
        int word = consoleLog.IndexOf("PANIC", StringComparison.Ordinal);
        if (word < 0)
        {
            return string.Empty;
        }

        int lineStart = consoleLog[..word].LastIndexOf('\n') + 1;
        return consoleLog[lineStart..].TrimEnd();
    }
}
