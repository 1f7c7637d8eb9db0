namespace NooksOS.Wrappers;

/// <summary>
/// Memory of the kernel that a domain sees as well, in its own slot. A span that lies in it crosses without being copied; whoever
/// lays spans there has to read what the domain may write once, and to believe none of it.
/// </summary>
/// <param name="Start">Where the kernel sees it.</param>
/// <param name="SizeBytes">How long it is; zero if there is none.</param>
/// <param name="DomainAddress">Where the domain sees it.</param>
internal readonly unsafe record struct SharedWindow(ulong Start, ulong SizeBytes, ulong DomainAddress)
{
    /// <summary>Whether a span lies in it whole.</summary>
    internal bool Holds(void* pointer, nuint bytes)
        => (ulong)pointer - Start < SizeBytes && bytes <= SizeBytes - ((ulong)pointer - Start);

    /// <summary>Where the domain sees a span that it holds.</summary>
    internal ulong Translate(void* pointer) => DomainAddress + ((ulong)pointer - Start);
}
