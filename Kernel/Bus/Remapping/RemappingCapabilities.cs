namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>What a unit can do, from CAP_REG and ECAP_REG (Intel VT-d specification, chapter "Register Descriptions").</summary>
/// <param name="Capability">CAP_REG.</param>
/// <param name="Extended">ECAP_REG.</param>
public readonly record struct RemappingCapabilities(ulong Capability, ulong Extended)
{
    private const int ThreeLevels = 3;
    private const int FourLevels = 4;
    private const int PageShift = 12;
    private const int BitsPerLevel = 9;

    /// <summary>ND: how many domains it can tell apart.</summary>
    public int DomainCount => 1 << (4 + (2 * (int)(Capability & 7)));

    /// <summary>RWBF: it has to be told to write its buffers out before it sees what was written to memory.</summary>
    public bool NeedsBufferFlush => (Capability & (1UL << 4)) != 0;

    /// <summary>PLMR or PHMR: it can keep devices from ranges of memory.</summary>
    public bool HasProtectedMemory => (Capability & (3UL << 5)) != 0;

    /// <summary>CM: it may remember also what was not there.</summary>
    public bool CachesAbsence => (Capability & (1UL << 7)) != 0;

    /// <summary>MGAW: how many bits the address of a device may have.</summary>
    public int AddressBits => (int)(Capability >> 16 & 0x3F) + 1;

    /// <summary>FRO: where its fault records are, in bytes.</summary>
    public uint FaultRecordOffset => (uint)(Capability >> 24 & 0x3FF) * 16;

    /// <summary>NFR: how many there are.</summary>
    public int FaultRecordCount => (int)(Capability >> 40 & 0xFF) + 1;

    /// <summary>DWD: an invalidation can wait until writes that are under way are done.</summary>
    public bool DrainsWrites => (Capability & (1UL << 54)) != 0;

    /// <summary>DRD: an invalidation can wait until reads that are under way are done.</summary>
    public bool DrainsReads => (Capability & (1UL << 55)) != 0;

    /// <summary>C: it looks into the processor's caches when it reads tables.</summary>
    public bool IsCoherent => (Extended & 1) != 0;

    /// <summary>QI: it takes invalidations from a queue.</summary>
    public bool HasQueuedInvalidation => (Extended & 2) != 0;

    /// <summary>PT: it can let a device past, untranslated.</summary>
    public bool LetsPast => (Extended & (1UL << 6)) != 0;

    /// <summary>SAGAW: how many levels its tables may have, the fewest of those that we make; 0 if it takes none of them.</summary>
    public int Levels => (Capability & (1UL << 9)) != 0 ? ThreeLevels : (Capability & (1UL << 10)) != 0 ? FourLevels : 0;

    /// <summary>The first address that no table of so many levels translates.</summary>
    public ulong AddressLimit => 1UL << int.Min(AddressBits, PageShift + (BitsPerLevel * Levels));
}
