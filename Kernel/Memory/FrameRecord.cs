using System.Runtime.InteropServices;

namespace NooksOS.Kernel.Memory;

/// <summary>What the allocator knows about one frame.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FrameRecord
{
    /// <summary>No frame: the end of a list.</summary>
    public const uint None = uint.MaxValue;

    /// <summary>Next free block of the same order, while this frame heads a free block; next stale run, while it heads one.</summary>
    public uint Next;

    /// <summary>Previous free block of the same order, while this frame heads a free block; frames of the stale run that it heads.</summary>
    public uint Previous;

    /// <summary>In use, free, or not memory.</summary>
    public FrameState State;

    /// <summary>log2 of the frames of the free block that this frame heads.</summary>
    public byte Order;

    /// <summary>What is in it.</summary>
    public FrameContent Content;
}
