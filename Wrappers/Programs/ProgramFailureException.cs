using System;

namespace NooksOS.Programs;

/// <summary>A program cannot do what it was asked; the message says why.</summary>
public sealed class ProgramFailureException(string message, int status = 1) : Exception(message)
{
    /// <summary>What the program ends with.</summary>
    public int Status { get; } = status;
}
