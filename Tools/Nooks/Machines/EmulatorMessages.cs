using System;

namespace NooksOS.Tool.Machines;

/// <summary>What QEMU says on its standard error.</summary>
public static class EmulatorMessages
{
    // Its remapping unit tells of each kind of blocked access, once. The guest is told as well, and what it does about it is what counts.
    private static readonly string[] s_ofRemappingUnit =
        [": vtd_", ": New fault is not recorded", ": Next Fault Recording Reg", ": There are pending faults already"];

    /// <summary>Whether a line is of interest to whoever runs the machine.</summary>
    public static bool Matters(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return !line.StartsWith(QemuCommandLine.Program, StringComparison.Ordinal)
            || !Array.Exists(s_ofRemappingUnit, known => line.AsSpan(QemuCommandLine.Program.Length).StartsWith(known, StringComparison.Ordinal));
    }
}
