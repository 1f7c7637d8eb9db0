using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>One exception in flight (ExInfo of .NET 9), on the stack of the thread that threw it.</summary>
[StructLayout(LayoutKind.Explicit, Size = 416)]
internal unsafe struct ExceptionInfo
{
    /// <summary>The dispatch that was under way when this one began.</summary>
    [FieldOffset(0)]
    public ExceptionInfo* Previous;

    /// <summary>Throw or hardware, and flags.</summary>
    [FieldOffset(24)]
    public byte Kind;

    /// <summary>The clause whose handler runs.</summary>
    [FieldOffset(28)]
    public uint CurrentClause;

    /// <summary>The frame it has come to.</summary>
    [FieldOffset(32)]
    public StackFrameIterator Frames;
}
