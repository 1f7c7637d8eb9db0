using System;
using System.Runtime.InteropServices;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What lies where in an <see cref="IExchangeMemory"/>.</summary>
public readonly ref struct ExchangeBuffers
{
    /// <summary>Length of all of it, whole pages.</summary>
    public const int SizeBytes = QueueBytes + PacketBatch.ExchangeBytes + NamesBytes;

    /// <summary>Length of what lies first, whole pages: frames for the extension, which it may read only.</summary>
    public const int QueueBytes = 4 * PacketBatch.ExchangeBytes;

    // Two lists of blocks, a page together with what is left over.
    private const int NamesBytes = 4096;
    private const int ListBytes = TransportLimits.NamedConnections * sizeof(uint);

    private readonly Span<byte> _memory;

    /// <summary>Looks at that memory.</summary>
    public ExchangeBuffers(IExchangeMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        _memory = memory.Bytes[..SizeBytes];
    }

    /// <summary>Frames that wait for the extension.</summary>
    public Span<byte> Queue => _memory[..QueueBytes];

    /// <summary>Frames from the extension.</summary>
    public Span<byte> Returned => _memory.Slice(QueueBytes, PacketBatch.ExchangeBytes);

    /// <summary>Blocks that the extension is told of.</summary>
    public Span<uint> GivenNames => MemoryMarshal.Cast<byte, uint>(_memory.Slice(QueueBytes + PacketBatch.ExchangeBytes, ListBytes));

    /// <summary>Blocks that the extension tells of.</summary>
    public Span<uint> ReturnedNames => MemoryMarshal.Cast<byte, uint>(_memory.Slice(QueueBytes + PacketBatch.ExchangeBytes + ListBytes, ListBytes));
}
