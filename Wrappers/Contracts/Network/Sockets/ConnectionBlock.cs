using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace NooksOS.Contracts;

/// <summary>
/// The memory of one connection: all of it that cannot be lost. It belongs to the kernel, is mapped into the instance of the
/// stack that runs now, and stays when that dies.
/// <para>
/// A page of header, half the kernel's and half the stack's, and two rings of bytes. Positions count bytes since the connection
/// began and never wrap; a byte lies in its ring at its position modulo the length of that. Progress is one store of eight
/// bytes: first the bytes, then the position, then whatever tells somebody else. So the block is whole at every instruction.
/// </para>
/// <para>
/// There are large blocks, with room for what is under way on a fast link, and small ones for when there are many connections.
/// </para>
/// </summary>
/// <param name="bytes">The memory, <see cref="SmallBlockBytes"/> or <see cref="LargeBlockBytes"/> long.</param>
public readonly ref struct ConnectionBlock(Span<byte> bytes)
{
    /// <summary>Marks a block: "NCON".</summary>
    public const uint Magic = 0x4E4F_434E;

    /// <summary>The version of this layout.</summary>
    public const uint Format = 1;

    /// <summary>Half of the header.</summary>
    public const int HalfBytes = 2048;

    /// <summary>The header: one page.</summary>
    public const int HeaderBytes = 2 * HalfBytes;

    /// <summary>Each ring of a small block. A power of two.</summary>
    public const int SmallRingBytes = 32 * 1024;

    /// <summary>The ring of a large block for what is sent. A power of two.</summary>
    public const int LargeSendRingBytes = 256 * 1024;

    /// <summary>
    /// The ring of a large block for what is received, a power of two. A part of it waits for its reader, who is woken for no less of a
    /// stream than one call carries, and of the rest, which is under way, an exchange carries what has come.
    /// </summary>
    public const int LargeReceiveRingBytes = 2 * LargeSendRingBytes;

    /// <summary>A small block.</summary>
    public const int SmallBlockBytes = HeaderBytes + (2 * SmallRingBytes);

    /// <summary>A large block.</summary>
    public const int LargeBlockBytes = HeaderBytes + LargeSendRingBytes + LargeReceiveRingBytes;

    // From behind the checksum to the last field that changes rarely.
    private const int FixedStart = 8;
    private const int FixedEnd = 64;

    private readonly Span<byte> _bytes = bytes[..(bytes.Length >= LargeBlockBytes ? LargeBlockBytes : SmallBlockBytes)];

    /// <summary>How long all of it is.</summary>
    public int BlockBytes => _bytes.Length;

    /// <summary>What the kernel writes.</summary>
    public ref ConnectionKernelHalf Kernel
        => ref MemoryMarshal.Cast<byte, ConnectionKernelHalf>(_bytes[..HalfBytes])[0];

    /// <summary>What the stack writes.</summary>
    public ref ConnectionTransportHalf Transport
        => ref MemoryMarshal.Cast<byte, ConnectionTransportHalf>(_bytes[HalfBytes..HeaderBytes])[0];

    /// <summary>Bytes on their way to the peer, written by the kernel.</summary>
    public Span<byte> SendRing => _bytes.Slice(HeaderBytes, SendRingBytes);

    /// <summary>Bytes on their way to the application, written by the stack.</summary>
    public Span<byte> ReceiveRing => _bytes[(HeaderBytes + SendRingBytes)..];

    private int SendRingBytes => _bytes.Length == LargeBlockBytes ? LargeSendRingBytes : SmallRingBytes;

    /// <summary>Whether the stack has committed a half for the connection that the block is used for now.</summary>
    public bool IsCommitted
    {
        get
        {
            uint generation = Volatile.Read(ref Kernel.Generation);
            return generation != 0 && Volatile.Read(ref Transport.Generation) == generation;
        }
    }

    /// <summary>The checksum of the fields of the stack's half that change rarely.</summary>
    public uint ComputeChecksum()
    {
        // FNV-1a over words. It finds stray writes; whoever wants to forge a block may write all of it anyway.
        uint hash = 2166136261;
        foreach (uint word in MemoryMarshal.Cast<byte, uint>(_bytes[(HalfBytes + FixedStart)..(HalfBytes + FixedEnd)]))
        {
            hash = (hash ^ word) * 16777619;
        }

        return hash;
    }

    /// <summary>
    /// Completes the stack's half: its checksum, then the generation, after which the next instance takes the connection over.
    /// </summary>
    public void Commit()
    {
        Transport.Checksum = ComputeChecksum();
        Volatile.Write(ref Transport.Generation, Kernel.Generation);
    }
}
