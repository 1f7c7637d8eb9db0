using System;

namespace NooksOS.Tool.Machines;

/// <summary>The machine ended while somebody waited for its answer.</summary>
public sealed class MachineEndedException : Exception
{
    /// <summary>Tells how it ended.</summary>
    public MachineEndedException(MachineEnd end)
        : base(end.Details.Length == 0 ? end.Describe() : $"{end.Describe()}\n{end.Details}")
    {
        End = end;
    }

    /// <summary>How it ended.</summary>
    public MachineEnd End { get; }
}
