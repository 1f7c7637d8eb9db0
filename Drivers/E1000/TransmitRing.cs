using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>
/// The transmit descriptors and their buffers. Every slot has a buffer of its own for good; a slot belongs to the device from
/// the moment the tail register was given <see cref="Tail"/> until the device says that it is done with it.
/// Touches no register. Of what the device writes only the status of the oldest outstanding slot is looked at.
/// </summary>
internal sealed class TransmitRing(DmaBuffer descriptors, DmaBuffer buffers)
{
    public const uint SlotCount = 256;
    public const uint BufferBytes = 2048;
    public const uint DescriptorBytes = SlotCount * 16;
    public const uint DescriptorAlignmentBytes = 128;

    // IEEE 802.3 minimum without frame check sequence. Padding here keeps what an earlier frame left in the buffer off the wire.
    private const int MinimumFrameBytes = 60;

    private readonly ushort[] _lengths = new ushort[SlotCount];
    private uint _oldest;
    private uint _tail;

    /// <summary>Where the device finds the descriptors.</summary>
    public ulong DeviceAddress => descriptors.DeviceAddress;

    /// <summary>One past the last slot that the device is to send.</summary>
    public uint Tail => _tail;

    /// <summary>Frames that the device has and is not done with.</summary>
    public uint Outstanding => (_tail + SlotCount - _oldest) % SlotCount;

    /// <summary>Forgets every frame and starts over at slot 0. The device must be at rest.</summary>
    public void Reset()
    {
        _oldest = 0;
        _tail = 0;
        descriptors.As<TransmitDescriptor>().Clear();
    }

    /// <summary>Copies frames of a <see cref="PacketBatch"/> into free slots. Returns how many there was room for.</summary>
    public uint Queue(ReadOnlySpan<byte> batch)
    {
        Span<TransmitDescriptor> ring = descriptors.As<TransmitDescriptor>();
        Span<byte> storage = buffers.Bytes;
        uint frames = 0;

        // One slot stays free: to the device, a tail equal to the head means that there is nothing to send.
        while (Outstanding < SlotCount - 1 && PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            Span<byte> buffer = storage.Slice((int)(_tail * BufferBytes), (int)BufferBytes);
            frame.CopyTo(buffer);
            int length = frame.Length;
            if (length < MinimumFrameBytes)
            {
                buffer[length..MinimumFrameBytes].Clear();
                length = MinimumFrameBytes;
            }

            ring[(int)_tail] = new TransmitDescriptor
            {
                BufferAddress = buffers.DeviceAddress + (_tail * BufferBytes),
                Length = (ushort)length,
                Command = TransmitCommand.EndOfPacket | TransmitCommand.InsertChecksum | TransmitCommand.ReportStatus,
            };
            _lengths[_tail] = (ushort)frame.Length;
            _tail = (_tail + 1) % SlotCount;
            frames++;
        }

        return frames;
    }

    /// <summary>Takes back the slots that the device is done with, oldest first.</summary>
    public TransmitOutcome Reclaim()
    {
        Span<TransmitDescriptor> ring = descriptors.As<TransmitDescriptor>();
        uint frames = 0;
        uint bytes = 0;
        uint errors = 0;
        while (_oldest != _tail)
        {
            TransmitStatus status = (TransmitStatus)Volatile.Read(ref ring[(int)_oldest].Status);
            if ((status & TransmitStatus.Done) == 0)
            {
                break;
            }

            frames++;
            if ((status & TransmitStatus.Failed) != 0)
            {
                errors++;
            }
            else
            {
                bytes += _lengths[_oldest];
            }

            _oldest = (_oldest + 1) % SlotCount;
        }

        return new TransmitOutcome(frames, bytes, errors);
    }

    /// <summary>Takes back every slot, sent or not. The device must be at rest.</summary>
    public TransmitOutcome GiveUp()
    {
        uint frames = Outstanding;
        _oldest = _tail;
        return new TransmitOutcome(frames, 0, frames);
    }
}
