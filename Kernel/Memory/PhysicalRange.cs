namespace NooksOS.Kernel.Memory;

/// <summary>A range of physical addresses; <see cref="End"/> is the first address after it.</summary>
public readonly record struct PhysicalRange(ulong Start, ulong End)
{
    /// <summary>Length in bytes.</summary>
    public ulong LengthBytes => End > Start ? End - Start : 0;

    /// <summary>Whether the two have an address in common.</summary>
    public bool Overlaps(PhysicalRange other) => Start < other.End && other.Start < End;
}
