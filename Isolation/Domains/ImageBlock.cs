using System.Runtime.InteropServices;

namespace NooksOS.Isolation;

/// <summary>
/// What kernel and runtime share about a loaded image (DomainBlock in <c>header.asm</c>), in the domain's own memory. The
/// kernel writes it and never relies on what it reads there.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct ImageBlock
{
    /// <summary>ThreadBlock of the thread that is inside.</summary>
    public ulong CurrentThread;

    /// <summary>List of the image's ThreadBlocks, for its collector.</summary>
    public ulong ThreadList;

    /// <summary>Where XpcCall goes.</summary>
    public ulong GateCall;

    /// <summary>How much memory the image may ask for.</summary>
    public ulong HeapQuotaBytes;

    /// <summary>The back end in force, for measurements and messages.</summary>
    public ulong Mode;
}
