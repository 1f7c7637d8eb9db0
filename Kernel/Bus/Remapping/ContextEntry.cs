namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>
/// An entry of a context table, one for each function of a bus, 16 bytes; Intel VT-d specification, chapter "Translation Structure
/// Formats".
/// </summary>
/// <param name="Low">
/// Bit 0: present. Bit 1: blocked accesses are not recorded. Bits 3:2: kind, 0 by the table and 2 past it. Bits 63:12: the table.
/// </param>
/// <param name="High">Bits 2:0: levels of the table, less two. Bits 23:8: number of the domain.</param>
public readonly record struct ContextEntry(ulong Low, ulong High)
{
    private const ulong Present = 1;
    private const ulong FaultsDisabled = 2;
    private const ulong KindMask = 3UL << 2;
    private const ulong Past = 2UL << 2;
    private const int DomainShift = 8;

    /// <summary>Whether the lower half of an entry lets a device reach anything.</summary>
    public static bool IsPresent(ulong low) => (low & Present) != 0;

    /// <summary>Whether the lower half of an entry lets a device reach everything.</summary>
    public static bool IsPast(ulong low) => IsPresent(low) && (low & KindMask) == Past;

    /// <summary>The entry of a device that reaches everything.</summary>
    public static ContextEntry ToEverything(int levels, ushort domain) => To(Past, levels, domain);

    /// <summary>The entry of a device nobody has, that reaches nothing and of which nothing is heard.</summary>
    public static ContextEntry Muted => new(FaultsDisabled, 0);

    /// <summary>The entry of a device that reaches what a table says.</summary>
    public static ContextEntry To(ulong table, int levels, ushort domain)
        => new(table | Present, (uint)(levels - 2) | ((ulong)domain << DomainShift));
}
