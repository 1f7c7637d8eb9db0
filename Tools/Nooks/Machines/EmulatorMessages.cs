using System;

namespace NooksOS.Tool.Machines;

/// <summary>What QEMU says on its standard error.</summary>
public static class EmulatorMessages
{
    // Its remapping unit tells of each kind of blocked access, once. The guest is told as well, and what it does about it is what counts.
    private const string OfRemappingUnit = ": vtd_";

    /// <summary>Whether a line is of interest to whoever runs the machine.</summary>
    public static bool Matters(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return !(line.StartsWith(QemuCommandLine.Program, StringComparison.Ordinal)
            && line.AsSpan(QemuCommandLine.Program.Length).StartsWith(OfRemappingUnit, StringComparison.Ordinal));
    }
}
