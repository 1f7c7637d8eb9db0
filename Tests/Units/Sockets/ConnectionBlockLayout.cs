using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class ConnectionBlockLayout
{
    private readonly byte[] _memory = new byte[ConnectionBlock.SmallBlockBytes];

    private ConnectionBlock Block => new(_memory);

    [Fact]
    public void ABlockIsWholePages()
    {
        Assert.Equal(17 * 4096, ConnectionBlock.SmallBlockBytes);
        Assert.Equal(193 * 4096, ConnectionBlock.LargeBlockBytes);
        Assert.Equal(2048, Unsafe.SizeOf<ConnectionKernelHalf>());
        Assert.Equal(2048, Unsafe.SizeOf<ConnectionTransportHalf>());
    }

    [Theory]
    [InlineData(0, nameof(ConnectionKernelHalf.Magic))]
    [InlineData(4, nameof(ConnectionKernelHalf.Format))]
    [InlineData(8, nameof(ConnectionKernelHalf.Generation))]
    [InlineData(12, nameof(ConnectionKernelHalf.Requests))]
    [InlineData(16, nameof(ConnectionKernelHalf.Options))]
    [InlineData(20, nameof(ConnectionKernelHalf.LocalAddress))]
    [InlineData(24, nameof(ConnectionKernelHalf.RemoteAddress))]
    [InlineData(28, nameof(ConnectionKernelHalf.LocalPort))]
    [InlineData(30, nameof(ConnectionKernelHalf.RemotePort))]
    [InlineData(32, nameof(ConnectionKernelHalf.SendWritten))]
    [InlineData(40, nameof(ConnectionKernelHalf.ReceiveRead))]
    [InlineData(48, nameof(ConnectionKernelHalf.BlockBytes))]
    public void TheKernelsFieldsKeepTheirPlaces(int offset, string field)
        => Assert.Equal(offset, (int)Marshal.OffsetOf<ConnectionKernelHalf>(field));

    [Theory]
    [InlineData(0, nameof(ConnectionTransportHalf.Generation))]
    [InlineData(4, nameof(ConnectionTransportHalf.Checksum))]
    [InlineData(8, nameof(ConnectionTransportHalf.LocalAddress))]
    [InlineData(12, nameof(ConnectionTransportHalf.RemoteAddress))]
    [InlineData(16, nameof(ConnectionTransportHalf.LocalPort))]
    [InlineData(18, nameof(ConnectionTransportHalf.RemotePort))]
    [InlineData(20, nameof(ConnectionTransportHalf.InitialSendSequence))]
    [InlineData(24, nameof(ConnectionTransportHalf.InitialReceiveSequence))]
    [InlineData(28, nameof(ConnectionTransportHalf.MaximumSegmentBytes))]
    [InlineData(30, nameof(ConnectionTransportHalf.SendWindowShift))]
    [InlineData(31, nameof(ConnectionTransportHalf.ReceiveWindowShift))]
    [InlineData(32, nameof(ConnectionTransportHalf.Features))]
    [InlineData(36, nameof(ConnectionTransportHalf.TimestampOffset))]
    [InlineData(64, nameof(ConnectionTransportHalf.State))]
    [InlineData(68, nameof(ConnectionTransportHalf.Error))]
    [InlineData(72, nameof(ConnectionTransportHalf.Progress))]
    [InlineData(76, nameof(ConnectionTransportHalf.RecentTimestamp))]
    [InlineData(80, nameof(ConnectionTransportHalf.SendAcknowledged))]
    [InlineData(88, nameof(ConnectionTransportHalf.ReceiveWritten))]
    [InlineData(96, nameof(ConnectionTransportHalf.SendHighest))]
    [InlineData(104, nameof(ConnectionTransportHalf.SendWindowEnd))]
    public void TheStacksFieldsKeepTheirPlaces(int offset, string field)
        => Assert.Equal(offset, (int)Marshal.OffsetOf<ConnectionTransportHalf>(field));

    [Fact]
    public void PartsOfABlockDoNotOverlap()
    {
        Block.Kernel.Magic = ConnectionBlock.Magic;
        Block.Transport.Generation = 0x0102_0304;
        Block.SendRing[0] = 5;
        Block.ReceiveRing[^1] = 6;
        Assert.Equal((byte)'N', _memory[0]);
        Assert.Equal(4, _memory[2048]);
        Assert.Equal(5, _memory[4096]);
        Assert.Equal(6, _memory[^1]);
        Assert.Equal(ConnectionBlock.SmallRingBytes, Block.SendRing.Length);
        Assert.Equal(ConnectionBlock.SmallRingBytes, Block.ReceiveRing.Length);
    }

    [Theory]
    [InlineData(ConnectionBlock.SmallBlockBytes, ConnectionBlock.SmallRingBytes, ConnectionBlock.SmallRingBytes)]
    [InlineData(ConnectionBlock.LargeBlockBytes, ConnectionBlock.LargeSendRingBytes, ConnectionBlock.LargeReceiveRingBytes)]
    [InlineData(ConnectionBlock.LargeBlockBytes - 1, ConnectionBlock.SmallRingBytes, ConnectionBlock.SmallRingBytes)]
    public void TheSizeOfABlockTellsTheSizeOfItsRings(int memoryBytes, int sendBytes, int receiveBytes)
    {
        ConnectionBlock block = new(new byte[memoryBytes]);
        Assert.Equal(sendBytes, block.SendRing.Length);
        Assert.Equal(receiveBytes, block.ReceiveRing.Length);
        Assert.Equal(4096 + sendBytes + receiveBytes, block.BlockBytes);
    }

    [Fact]
    public void ABlockIsCommittedForOneGenerationOnly()
    {
        Assert.False(Block.IsCommitted);
        Block.Kernel.Generation = 7;
        Assert.False(Block.IsCommitted);
        Block.Commit();
        Assert.True(Block.IsCommitted);
        Block.Kernel.Generation = 8;
        Assert.False(Block.IsCommitted);
    }

    [Fact]
    public void TheChecksumCoversWhatChangesRarelyAndNothingElse()
    {
        uint before = Block.ComputeChecksum();
        Block.Transport.SendAcknowledged = 100;
        Block.Transport.State = ConnectionState.Established;
        Assert.Equal(before, Block.ComputeChecksum());
        Block.Transport.LocalAddress ^= 1;
        uint changed = Block.ComputeChecksum();
        Assert.NotEqual(before, changed);
        Block.Transport.ReservedFixed2 ^= 1;
        Assert.NotEqual(changed, Block.ComputeChecksum());
    }

    [Theory]
    [InlineData(0ul, 10)]
    [InlineData(32_760ul, 8)]
    [InlineData(32_760ul, 20)]
    [InlineData(0xFFFF_FFFFul, 32_768)]
    public void BytesLieInARingByTheirPosition(ulong position, int length)
    {
        byte[] bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        ConnectionRing.Write(Block.SendRing, position, bytes);
        Assert.Equal(bytes[0], Block.SendRing[(int)(position % 32_768)]);
        byte[] back = new byte[length];
        ConnectionRing.Read(Block.SendRing, position, back);
        Assert.Equal(bytes, back);
    }
}
