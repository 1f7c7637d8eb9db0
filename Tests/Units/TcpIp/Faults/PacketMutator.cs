using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Tests.Units.TcpIp.Faults;

/// <summary>
/// Makes hostile frames out of good ones: changes bits, octets, lengths and ends, joins two, and often sets the checksums right again,
/// because a mutation that every checksum catches tests nothing behind it. The same seed makes the same frames.
/// </summary>
internal sealed class PacketMutator(int seed, IReadOnlyList<byte[]> seeds)
{
    private static readonly byte[] s_interesting = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0F, 0x14, 0x3F, 0x40, 0x44, 0x45, 0x46, 0x4F, 0x7F, 0x80, 0xFE, 0xFF];
    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        byte[] frame = [.. seeds[_random.Next(seeds.Count)]];
        for (int mutations = _random.Next(1, 6); mutations > 0; mutations--)
        {
            frame = Mutate(frame);
        }

        if (_random.Next(4) != 0)
        {
            RepairChecksums(frame);
        }

        return frame.Length > PacketBatch.MaximumFrameBytes ? frame[..PacketBatch.MaximumFrameBytes] : frame;
    }

    /// <summary>Sets the checksums right as far as the lengths in the frame allow it.</summary>
    public static void RepairChecksums(Span<byte> frame)
    {
        if (frame.Length < 34 || BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) != (ushort)EtherType.Ipv4)
        {
            return;
        }

        Span<byte> packet = frame[14..];
        int headerBytes = (packet[0] & 15) * 4;
        int totalBytes = BinaryPrimitives.ReadUInt16BigEndian(packet[2..]);
        if (headerBytes < 20 || headerBytes > packet.Length)
        {
            return;
        }

        packet.Slice(10, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], InternetChecksum.Compute(packet[..headerBytes]));
        if (totalBytes > packet.Length || totalBytes < headerBytes + 8)
        {
            return;
        }

        Span<byte> payload = packet[headerBytes..totalBytes];
        if (packet[9] == (byte)IpProtocol.Icmp)
        {
            payload.Slice(2, 2).Clear();
            BinaryPrimitives.WriteUInt16BigEndian(payload[2..], InternetChecksum.Compute(payload));
        }
        else if (packet[9] == (byte)IpProtocol.Udp && UdpHeader.TryParse(payload, out UdpHeader header, out _))
        {
            header.Write(
                payload,
                new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(packet[12..])),
                new Ipv4Address(BinaryPrimitives.ReadUInt32BigEndian(packet[16..])));
        }
    }

    private byte[] Mutate(byte[] frame)
    {
        int position = _random.Next(frame.Length);
        switch (_random.Next(8))
        {
            case 0:
                frame[position] ^= (byte)(1 << _random.Next(8));
                return frame;
            case 1:
                frame[position] = (byte)_random.Next(256);
                return frame;
            case 2 or 3:
                frame[position] = s_interesting[_random.Next(s_interesting.Length)];
                return frame;
            case 4 when frame.Length >= 2:
                position = Math.Min(position, frame.Length - 2);
                BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(position), (ushort)_random.Next(0x10000));
                return frame;
            case 5:
                return frame[..Math.Max(1, position)];
            case 6:
                byte[] tail = new byte[_random.Next(1, 200)];
                _random.NextBytes(tail);
                return [.. frame, .. tail];
            case 7:
                byte[] other = seeds[_random.Next(seeds.Count)];
                return [.. frame.AsSpan(0, position), .. other.AsSpan(Math.Min(position, other.Length))];
            default:
                return frame;
        }
    }
}
