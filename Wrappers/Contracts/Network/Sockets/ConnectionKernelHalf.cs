using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>
/// The half of a connection block's header that the kernel writes and the stack only reads. The kernel never reads it back:
/// it keeps its own copy, because the stack could write here.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = ConnectionBlock.HalfBytes)]
public struct ConnectionKernelHalf
{
    /// <summary>Is <see cref="ConnectionBlock.Magic"/>.</summary>
    public uint Magic;

    /// <summary>Is <see cref="ConnectionBlock.Format"/>.</summary>
    public uint Format;

    /// <summary>Differs for every connection that the block is used for. Never zero in a block that is in use.</summary>
    public uint Generation;

    /// <summary>What is wanted of the connection. Flags are only ever added.</summary>
    public ConnectionRequests Requests;

    /// <summary>What the user has set.</summary>
    public ConnectionOptions Options;

    /// <summary>The address asked for, in host order; zero for the interface's own.</summary>
    public uint LocalAddress;

    /// <summary>The peer, in host order.</summary>
    public uint RemoteAddress;

    /// <summary>The local port.</summary>
    public ushort LocalPort;

    /// <summary>The peer's port.</summary>
    public ushort RemotePort;

    /// <summary>Bytes that the application has written to the send ring since the connection began.</summary>
    public ulong SendWritten;

    /// <summary>Bytes that the application has read from the receive ring since the connection began.</summary>
    public ulong ReceiveRead;

    /// <summary>
    /// How long the block is: <see cref="ConnectionBlock.SmallBlockBytes"/> or <see cref="ConnectionBlock.LargeBlockBytes"/>.
    /// </summary>
    public uint BlockBytes;
}
