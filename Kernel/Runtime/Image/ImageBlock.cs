using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>What the kernel tells an image; see <c>header.asm</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageBlock
{
    /// <summary>The thread that runs.</summary>
    public ThreadBlock* CurrentThread;

    /// <summary>All threads of the image.</summary>
    public ThreadBlock* ThreadList;

    /// <summary>Where calls to the kernel go; unused in the kernel image.</summary>
    public void* GateCall;

    /// <summary>How much memory the image may take; zero: as much as there is.</summary>
    public ulong HeapQuotaBytes;
}
