using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.StorageDrivers;

/// <summary>A request as the kernel knows it: it lives through as many instances as it takes.</summary>
internal sealed class DiskRequest
{
    public required BlockOperation Operation { get; init; }

    public ulong FirstSector { get; init; }

    public uint SectorCount { get; init; }

    public List<FakeDmaBuffer> Memory { get; } = [];

    /// <summary>How it ended; null while it has not.</summary>
    public BlockResult? Result { get; set; }
}
