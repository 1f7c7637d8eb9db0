using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>A volume over an array, which remembers every write, and which can let whoever writes die.</summary>
internal sealed class MemoryVolume(byte[] image, uint sectorBytes = 512) : IBlockVolume, IVolumeContent
{
    private readonly Dictionary<ulong, int> _epochs = [];

    public byte[] Image { get; } = image;

    /// <summary>All writes, in order. Those of one epoch may reach a medium in any order, and none before all of the epochs before.</summary>
    public List<VolumeWrite> Trace { get; } = [];

    public bool Traces { get; set; }

    /// <summary>That of what is written now. What is written late belongs to the next one.</summary>
    public int Epoch { get; private set; }

    /// <summary>After so many more writes whoever writes dies. The last one is carried out.</summary>
    public int WritesUntilDeath { get; set; } = -1;

    /// <summary>Whether the device fails, by operation and sector.</summary>
    public Func<bool, ulong, bool>? Fails { get; set; }

    public int Reads { get; private set; }

    public ulong Failures { get; private set; }

    public uint SectorBytes => sectorBytes;

    public ulong SectorCount => (ulong)Image.Length / sectorBytes;

    public ulong LengthBytes => (ulong)Image.Length;

    public bool IsReadOnly { get; init; }

    public CallStatus Read(ulong firstSector, Span<byte> destination)
    {
        Range range = Require(firstSector, destination.Length);
        Reads++;
        if (Fails?.Invoke(false, firstSector) == true)
        {
            Failures++;
            return CallStatus.Failed;
        }

        Image.AsSpan(range).CopyTo(destination);
        return CallStatus.Ok;
    }

    public CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source) => WriteOrDie(firstSector, source, isLate: false);

    public CallStatus WriteLate(ulong firstSector, ReadOnlySpan<byte> source) => WriteOrDie(firstSector, source, isLate: true);

    private CallStatus WriteOrDie(ulong firstSector, ReadOnlySpan<byte> source, bool isLate)
    {
        CallStatus status = Store(firstSector, source, isLate);
        if (status != CallStatus.Ok)
        {
            return status;
        }

        if (WritesUntilDeath > 0 && --WritesUntilDeath == 0)
        {
            WritesUntilDeath = -1;
            throw new InstanceDiedException();
        }

        return CallStatus.Ok;
    }

    /// <summary>The kernel reads and writes content itself, and does not die of it.</summary>
    public CallStatus ReadBytes(ulong position, Span<byte> destination)
    {
        ulong first = position / sectorBytes;
        byte[] sectors = new byte[SectorsUntil(position + (uint)destination.Length, first)];
        CallStatus status = Read(first, sectors);
        sectors.AsSpan((int)(position % sectorBytes), destination.Length).CopyTo(destination);
        return status;
    }

    public CallStatus WriteBytes(ulong position, ReadOnlySpan<byte> source)
    {
        ulong first = position / sectorBytes;
        int start = (int)(first * sectorBytes);
        byte[] sectors = Image[start..(start + SectorsUntil(position + (uint)source.Length, first))];
        source.CopyTo(sectors.AsSpan((int)(position % sectorBytes)));
        return Store(first, sectors, isLate: false);
    }

    public CallStatus Order()
    {
        Epoch += 2;
        return CallStatus.Ok;
    }

    public CallStatus Flush() => Order();

    private int SectorsUntil(ulong end, ulong firstSector)
        => (int)(((end + sectorBytes - 1) / sectorBytes * sectorBytes) - (firstSector * sectorBytes));

    private CallStatus Store(ulong firstSector, ReadOnlySpan<byte> source, bool isLate)
    {
        Range range = Require(firstSector, source.Length);
        if (IsReadOnly)
        {
            throw new InvalidOperationException("A volume that is only read was written.");
        }

        if (Fails?.Invoke(true, firstSector) == true)
        {
            Failures++;
            return CallStatus.Failed;
        }

        source.CopyTo(Image.AsSpan(range));
        if (Traces)
        {
            Trace.Add(new VolumeWrite(EpochOf(firstSector, source.Length, isLate), range.Start.Value, source.ToArray()));
        }

        return CallStatus.Ok;
    }

    // One sector holds what was written to it in the order in which it was: what follows something late is late for that.
    private int EpochOf(ulong firstSector, int length, bool isLate)
    {
        int epoch = isLate ? Epoch + 1 : Epoch;
        for (ulong sector = firstSector; sector < firstSector + ((uint)length / sectorBytes); sector++)
        {
            if (_epochs.GetValueOrDefault(sector) > epoch)
            {
                Epoch++;
                epoch = Epoch;
            }
        }

        for (ulong sector = firstSector; sector < firstSector + ((uint)length / sectorBytes); sector++)
        {
            _epochs[sector] = epoch;
        }

        return epoch;
    }

    private Range Require(ulong firstSector, int length)
    {
        if (length == 0 || (uint)length % sectorBytes != 0 || firstSector >= SectorCount || (ulong)length / sectorBytes > SectorCount - firstSector)
        {
            throw new InvalidOperationException($"Sectors outside of the volume: {length} bytes at sector {firstSector}.");
        }

        int start = (int)(firstSector * sectorBytes);
        return start..(start + length);
    }
}
