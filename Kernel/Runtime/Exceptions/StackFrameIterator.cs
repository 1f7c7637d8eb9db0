using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>
/// State of a stack walk. The named offsets are those that CoreLib 9.0 reads; the rest of the 376 bytes is the runtime's own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 376)]
internal unsafe struct StackFrameIterator
{
    /// <summary>Identifies the activation: equal for a method and its funclets.</summary>
    [FieldOffset(16)]
    public void* FramePointer;

    /// <summary>An address inside the instruction that the frame is at.</summary>
    [FieldOffset(24)]
    public byte* ControlPc;

    /// <summary>Where the frame's preserved registers are.</summary>
    [FieldOffset(32)]
    public RegisterDisplay Registers;

    /// <summary>The next dispatch to collide with: an ExInfo.</summary>
    [FieldOffset(168)]
    public ExceptionInfo* NextExceptionInfo;

    /// <summary>The instruction pointer as found.</summary>
    [FieldOffset(360)]
    public byte* OriginalControlPc;

    /// <summary>Unused here; CoreLib reads it.</summary>
    [FieldOffset(368)]
    public void* PreviousTransitionFrame;
}
