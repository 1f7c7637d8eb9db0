using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.Vfat;

/// <summary>
/// The bytes of a volume by their position. What describes files goes through a cache that is written through at once, so that it
/// never knows anything that the medium does not; their content passes it by.
/// </summary>
internal sealed class VolumeBytes
{
    // What lies in one line is one request to the device.
    public const uint LineBytes = 4096;

    private const int LineCount = 256;
    private const ulong NoLine = ulong.MaxValue;

    private readonly IBlockVolume _volume;
    private readonly byte[][] _lines = new byte[LineCount][];
    private readonly ulong[] _numbers = new ulong[LineCount];

    // What an instance before this one has written late is not known.
    private bool _hasLate = true;

    public VolumeBytes(IBlockVolume volume)
    {
        _volume = volume;
        Length = volume.SectorCount * volume.SectorBytes;
        Array.Fill(_numbers, NoLine);
    }

    /// <summary>The length of the volume.</summary>
    public ulong Length { get; }

    /// <summary>What is written at once or not at all.</summary>
    public uint SectorBytes => _volume.SectorBytes;

    /// <summary>Whether writes are refused.</summary>
    public bool IsReadOnly => _volume.IsReadOnly;

    /// <summary>Reads what describes files. The range lies within one line; the span is good until the next call.</summary>
    public ReadOnlySpan<byte> Read(ulong position, uint lengthBytes)
        => LineOf(position).AsSpan((int)(position % LineBytes), (int)lengthBytes);

    /// <summary>Writes what describes files, as one request if it lies within one line.</summary>
    public void Write(ulong position, ReadOnlySpan<byte> bytes) => Write(position, bytes, isLate: false);

    /// <summary>
    /// The same for what has to reach the medium after all that was written so far, while nothing has to come after it before the
    /// next <see cref="Order"/>.
    /// </summary>
    public void WriteLate(ulong position, ReadOnlySpan<byte> bytes)
    {
        _hasLate = true;
        Write(position, bytes, isLate: true);
    }

    private void Write(ulong position, ReadOnlySpan<byte> bytes, bool isLate)
    {
        while (!bytes.IsEmpty)
        {
            byte[] line = LineOf(position);
            uint offset = (uint)(position % LineBytes);
            int length = (int)Math.Min(LineBytes - offset, (uint)bytes.Length);
            bytes[..length].CopyTo(line.AsSpan((int)offset));
            uint start = offset / SectorBytes * SectorBytes;
            uint end = (offset + (uint)length + SectorBytes - 1) / SectorBytes * SectorBytes;
            ulong sector = (position - offset + start) / SectorBytes;
            ReadOnlySpan<byte> sectors = line.AsSpan((int)start, (int)(end - start));
            CallStatus status = isLate ? _volume.WriteLate(sector, sectors) : _volume.Write(sector, sectors);
            if (status != CallStatus.Ok)
            {
                // The line holds what the medium may not.
                _numbers[IndexOf(position)] = NoLine;
                Check(status);
            }

            position += (uint)length;
            bytes = bytes[length..];
        }
    }

    /// <summary>Reads content.</summary>
    public void ReadContent(ulong position, Span<byte> bytes)
    {
        Require(position, (uint)bytes.Length);
        uint offset = (uint)(position % SectorBytes);
        if (offset != 0 || (uint)bytes.Length < SectorBytes)
        {
            int length = (int)Math.Min(SectorBytes - offset, (uint)bytes.Length);
            Span<byte> sector = stackalloc byte[(int)LineBytes];
            sector = sector[..(int)SectorBytes];
            ReadSectors(position - offset, sector);
            sector.Slice((int)offset, length).CopyTo(bytes);
            position += (uint)length;
            bytes = bytes[length..];
        }

        int whole = bytes.Length - (int)((uint)bytes.Length % SectorBytes);
        if (whole != 0)
        {
            ReadSectors(position, bytes[..whole]);
        }

        if (whole != bytes.Length)
        {
            ReadContent(position + (uint)whole, bytes[whole..]);
        }
    }

    /// <summary>Writes content. A sector of which only a part is written keeps the rest.</summary>
    public void WriteContent(ulong position, ReadOnlySpan<byte> bytes)
    {
        Require(position, (uint)bytes.Length);
        uint offset = (uint)(position % SectorBytes);
        if (offset != 0 || (uint)bytes.Length < SectorBytes)
        {
            int length = (int)Math.Min(SectorBytes - offset, (uint)bytes.Length);
            Span<byte> sector = stackalloc byte[(int)LineBytes];
            sector = sector[..(int)SectorBytes];
            ReadSectors(position - offset, sector);
            bytes[..length].CopyTo(sector[(int)offset..]);
            WriteSectors(position - offset, sector);
            position += (uint)length;
            bytes = bytes[length..];
        }

        int whole = bytes.Length - (int)((uint)bytes.Length % SectorBytes);
        if (whole != 0)
        {
            WriteSectors(position, bytes[..whole]);
        }

        if (whole != bytes.Length)
        {
            WriteContent(position + (uint)whole, bytes[whole..]);
        }
    }

    /// <summary>Content is written there, where a directory may have been before: what is known of it counts no more.</summary>
    public void Forget(ulong position, uint lengthBytes)
    {
        ulong first = position / LineBytes;
        ulong last = (position + lengthBytes - 1) / LineBytes;

        // Of a long stretch, each line could be anywhere.
        for (ulong index = first; index <= last && index - first < LineCount; index++)
        {
            ref ulong number = ref _numbers[index % LineCount];
            if (number >= first && number <= last)
            {
                number = NoLine;
            }
        }
    }

    /// <summary>What is written from now on does not reach the medium before what was written so far.</summary>
    public void Order()
    {
        Check(_volume.Order());
        _hasLate = false;
    }

    /// <summary>What is written from now on does not reach the medium before what was written late.</summary>
    public void OrderLate()
    {
        if (_hasLate)
        {
            Order();
        }
    }

    /// <summary>Waits until all that was written is on the medium.</summary>
    public void Flush() => Check(_volume.Flush());

    private void ReadSectors(ulong position, Span<byte> bytes) => Check(_volume.Read(position / SectorBytes, bytes));

    private void WriteSectors(ulong position, ReadOnlySpan<byte> bytes)
    {
        Forget(position, (uint)bytes.Length);
        Check(_volume.Write(position / SectorBytes, bytes));
    }

    private byte[] LineOf(ulong position)
    {
        ulong number = position / LineBytes;
        int index = IndexOf(position);
        byte[] line = _lines[index] ??= new byte[LineBytes];
        if (_numbers[index] != number)
        {
            Require(position, 1);
            _numbers[index] = NoLine;

            // The last line of a volume may be short.
            ulong start = number * LineBytes;
            int length = (int)Math.Min(LineBytes, Length - start);
            ReadSectors(start, line.AsSpan(0, length));
            _numbers[index] = number;
        }

        return line;
    }

    private static int IndexOf(ulong position) => (int)(position / LineBytes % LineCount);

    private static void Check(CallStatus status)
    {
        if (status != CallStatus.Ok)
        {
            throw new FileSystemException(status == CallStatus.NotSupported ? FileStatus.ReadOnly : FileStatus.DeviceError);
        }
    }

    private void Require(ulong position, uint lengthBytes)
    {
        if (position > Length || lengthBytes > Length - position)
        {
            throw new FileSystemException(FileStatus.Damaged);
        }
    }
}
