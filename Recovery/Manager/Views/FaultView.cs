using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>A fault record as the <c>faults</c> command shows it: everything said, nothing left to look up.</summary>
public sealed record FaultView
{
    /// <summary>Names the failure; counts from one.</summary>
    public required uint Id { get; init; }

    /// <summary>When it was detected, since boot.</summary>
    public required long TimeNanoseconds { get; init; }

    /// <summary>Who failed.</summary>
    public required string Extension { get; init; }

    /// <summary>Which instance, from one.</summary>
    public required uint Generation { get; init; }

    /// <summary>How it was detected.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>In words, possibly empty.</summary>
    public required string Detail { get; init; }

    /// <summary>The address that was accessed, or null.</summary>
    public required ulong? Address { get; init; }

    /// <summary>The instruction, or null.</summary>
    public required ulong? InstructionPointer { get; init; }

    /// <summary>Function and line of the instruction.</summary>
    public required CodeLocation Location { get; init; }

    /// <summary>The registers, possibly none.</summary>
    public required IReadOnlyList<RegisterValue> Registers { get; init; }

    /// <summary>The calls, innermost first.</summary>
    public required IReadOnlyList<StackEntry> Stack { get; init; }

    /// <summary>What was decided, or null if nothing yet.</summary>
    public required RecoveryDecision? Decision { get; init; }

    /// <summary>Who decided.</summary>
    public required DecisionSource DecidedBy { get; init; }

    /// <summary>How it ended.</summary>
    public required RecoveryOutcome Outcome { get; init; }

    /// <summary>Whatever was out of the ordinary.</summary>
    public required string Note { get; init; }

    /// <summary>The steps that were reached.</summary>
    public required IReadOnlyList<StepTime> Steps { get; init; }

    /// <summary>Time from detection until the extension was ready again, or null.</summary>
    public required long? RecoveryNanoseconds { get; init; }

    /// <summary>Kernel objects taken back.</summary>
    public required uint ObjectsReleased { get; init; }

    /// <summary>Kernel objects lost.</summary>
    public required uint ObjectsLeaked { get; init; }

    /// <summary>Memory pages that the domain held.</summary>
    public required ulong PagesBefore { get; init; }

    /// <summary>Memory pages lost.</summary>
    public required ulong PagesAfter { get; init; }
}
