using System;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Machines;

/// <summary>How a machine ended.</summary>
/// <param name="Kind">Why it no longer runs.</param>
/// <param name="Details">The panic block, QEMU's error or the processor's state; may be empty.</param>
public sealed record MachineEnd(MachineEndKind Kind, string Details)
{
    /// <summary>What the tool says to its caller about this end, where it was not wanted.</summary>
    public ExitCode ExitCode => Kind switch
    {
        MachineEndKind.PowerOff => ExitCode.Failure,
        MachineEndKind.Panic => ExitCode.Panic,
        MachineEndKind.EmulatorFailed => ExitCode.Usage,
        _ => ExitCode.Hang,
    };

    /// <summary>One line for a person.</summary>
    public string Describe() => Kind switch
    {
        MachineEndKind.PowerOff => "the kernel switched the machine off",
        MachineEndKind.Panic => "the kernel panicked",
        MachineEndKind.Reset => "the machine reset itself",
        MachineEndKind.Hang => "the kernel hung, or the time ran out (--timeout)",
        _ => "QEMU failed",
    };

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
