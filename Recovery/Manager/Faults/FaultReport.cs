using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>A failure as it was detected: the evidence, taken before anything is changed.</summary>
public sealed class FaultReport
{
    /// <summary>The domain that failed.</summary>
    public required uint DomainId { get; init; }

    /// <summary>
    /// Which instance of it, as <see cref="IFaultSink.CurrentInstance"/> numbers them; null where it can be none but the one that is
    /// there.
    /// </summary>
    public uint? Instance { get; init; }

    /// <summary>How it was detected.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>When, since boot.</summary>
    public required long TimeNanoseconds { get; init; }

    /// <summary>The instruction, or zero if none is to blame.</summary>
    public ulong InstructionPointer { get; init; }

    /// <summary>The address that was accessed, if <see cref="HasAddress"/>.</summary>
    public ulong Address { get; init; }

    /// <summary>Whether an address was accessed.</summary>
    public bool HasAddress { get; init; }

    /// <summary>In words: the message of an exception, the parameter that was bad.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>The registers, empty if there was no trap.</summary>
    public IReadOnlyList<RegisterValue> Registers { get; init; } = [];

    /// <summary>Return addresses, innermost first.</summary>
    public IReadOnlyList<ulong> Stack { get; init; } = [];
}
