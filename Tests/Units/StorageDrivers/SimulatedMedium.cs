using System;
using System.Collections.Generic;

namespace NooksOS.Tests.Units.StorageDrivers;

/// <summary>What a disk holds, and which of its sectors are bad.</summary>
internal sealed class SimulatedMedium
{
    public const uint SectorBytes = 512;
    public const uint SectorCount = 4096;

    private static readonly byte[] s_pristine = MakeContent();

    private readonly byte[] _bytes = (byte[])s_pristine.Clone();

    public HashSet<ulong> Bad { get; } = [];

    /// <summary>How often it was flushed.</summary>
    public int Flushes { get; set; }

    public Span<byte> Get(ulong sector, uint count) => _bytes.AsSpan((int)(sector * SectorBytes), (int)(count * SectorBytes));

    /// <summary>Whether these sectors are there and none of them is bad.</summary>
    public bool CanReach(ulong sector, uint count)
    {
        if (sector >= SectorCount || count > SectorCount - sector)
        {
            return false;
        }

        for (uint index = 0; index < count; index++)
        {
            if (Bad.Contains(sector + index))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] MakeContent()
    {
        byte[] content = new byte[SectorCount * SectorBytes];
        new Random(61).NextBytes(content);
        return content;
    }
}
