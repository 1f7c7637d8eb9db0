using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>What the runtime knows of one thread of its image. Made by the kernel.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct ThreadBlock
{
    /// <summary>Next of the image's threads.</summary>
    public ThreadBlock* Next;

    /// <summary>Stack pointer while the thread does not run in the image.</summary>
    public byte* SavedStackPointer;

    /// <summary>Lowest address of the stack.</summary>
    public byte* StackLow;

    /// <summary>End of the stack.</summary>
    public byte* StackHigh;

    /// <summary>Exceptions in flight, innermost first: CoreLib's ExInfo.</summary>
    public void* ExceptionInfoHead;

    /// <summary>Storage of thread statics, an object[][].</summary>
    public void* ThreadStatics;

    /// <summary>Identity.</summary>
    public ulong ThreadId;

    /// <summary>Owned by the runtime.</summary>
    public ulong Flags;

    /// <summary>The thread that runs.</summary>
    // SAFETY: the kernel sets the pointer before any code of the image runs.
    public static ThreadBlock* Current => ImageInfo.Current->Block->CurrentThread;
}
