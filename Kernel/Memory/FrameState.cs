namespace NooksOS.Kernel.Memory;

/// <summary>State of one frame.</summary>
internal enum FrameState : byte
{
    /// <summary>Never given out: not memory, firmware's, or the kernel image.</summary>
    Reserved,

    /// <summary>Given out.</summary>
    Used,

    /// <summary>The first frame of a free block.</summary>
    FreeHead,

    /// <summary>Another frame of a free block.</summary>
    FreeBody,

    /// <summary>Free, not part of a block yet, and not zeroed since it was used.</summary>
    Stale,
}
