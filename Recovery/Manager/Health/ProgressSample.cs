namespace NooksOS.Recovery;

/// <summary>How much work an extension has and how much it has done, at one moment.</summary>
public readonly record struct ProgressSample
{
    /// <summary>The domain that has the work.</summary>
    public uint DomainId { get; init; }

    /// <summary>Counts the instances that did this work: a fresh one starts with a clean sheet.</summary>
    public uint Instance { get; init; }

    /// <summary>The work, for messages.</summary>
    public string What { get; init; }

    /// <summary>Whether the extension can be expected to work on it: it is ready and its link is up.</summary>
    public bool IsActive { get; init; }

    /// <summary>
    /// Whether whoever gives it its work has been kept from that since the last sample, so that the time in between proves nothing.
    /// </summary>
    public bool IsHeldUp { get; init; }

    /// <summary>Whether a silence is to be found in two thirds of the usual time and looks.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>How long work had been seen to wait before it was called waiting. Up to half of the bound need not be waited again.</summary>
    public long BorneNanoseconds { get; init; }

    /// <summary>Work that waits to be done.</summary>
    public ulong Pending { get; init; }

    /// <summary>Work done. Only its changes matter.</summary>
    public ulong Completed { get; init; }
}
