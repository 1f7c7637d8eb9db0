namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>An entry of the root table, one for each bus, 16 bytes; Intel VT-d specification, chapter "Translation Structure Formats".</summary>
/// <param name="Low">Bit 0 says whether there is a context table, which bits 63:12 are the address of.</param>
/// <param name="High">Is zero.</param>
public readonly record struct RootEntry(ulong Low, ulong High)
{
    private const ulong Present = 1;

    /// <summary>The entry of a bus whose devices have their contexts in a table.</summary>
    public static RootEntry To(ulong contextTable) => new(contextTable | Present, 0);
}
