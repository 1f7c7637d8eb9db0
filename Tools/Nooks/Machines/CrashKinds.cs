using System.Collections.Generic;

namespace NooksOS.Tool.Machines;

/// <summary>The kinds of failure that the kernel's <c>crash</c> command knows.</summary>
public static class CrashKinds
{
    /// <summary>Does no work any more, which shows when there is some.</summary>
    public const string Silent = "silent";

    /// <summary>Executes a privileged instruction: contained by deprivileged domains only.</summary>
    public const string Privileged = "privileged";

    /// <summary>The kinds that every protection mechanism contains.</summary>
    public static readonly IReadOnlyList<string> Contained =
    [
        "wild-write", "wild-read", "null", "divide", "bad-opcode", "bad-jump", "stack-overflow", "loop", "deadlock", "exception",
        "bad-handle", "bad-parameter", "heap-corruption", "leak", Silent,
    ];

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<string> All = [.. Contained, Privileged];
}
