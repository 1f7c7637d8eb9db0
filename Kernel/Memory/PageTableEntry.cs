namespace NooksOS.Kernel.Memory;

/// <summary>Bits of page-table entries (Intel SDM vol. 3 §4.5) and their arithmetic.</summary>
internal static class PageTableEntry
{
    public const ulong Present = 1UL << 0;
    public const ulong Writable = 1UL << 1;
    public const ulong User = 1UL << 2;
    public const ulong WriteThrough = 1UL << 3;
    public const ulong CacheDisable = 1UL << 4;
    public const ulong LargePage = 1UL << 7;
    public const ulong Global = 1UL << 8;
    public const ulong NotOwned = 1UL << 9;
    public const ulong NoExecute = 1UL << 63;
    public const ulong AddressMask = 0x000F_FFFF_FFFF_F000;
    public const int ProtectionKeyShift = 59;
    public const int HighestProtectionKey = 15;

    /// <summary>Levels of tables; the top level is 3, pages are in level 0.</summary>
    public const int TopLevel = 3;

    /// <summary>An entry that leads to a table: every right, since the leaf decides.</summary>
    public const ulong TableRights = Present | Writable | User;

    /// <summary>Index of an address into the table of a level.</summary>
    public static int IndexOf(ulong virtualAddress, int level)
        => (int)(virtualAddress >> (AddressLayout.PageShift + (9 * level))) & 511;

    /// <summary>Whether bits 63 to 47 are equal.</summary>
    public static bool IsCanonical(ulong virtualAddress) => (ulong)((long)(virtualAddress << 16) >> 16) == virtualAddress;

    /// <summary>A leaf entry.</summary>
    public static ulong MakeLeaf(ulong physicalAddress, PageFlags flags, int protectionKey)
        => physicalAddress
            | Present
            | ((flags & PageFlags.Writable) != 0 ? Writable : 0)
            | ((flags & PageFlags.Executable) != 0 ? 0 : NoExecute)
            | ((flags & PageFlags.User) != 0 ? User : 0)
            | ((flags & PageFlags.Uncached) != 0 ? CacheDisable | WriteThrough : 0)
            | ((flags & PageFlags.WriteCombining) != 0 ? WriteThrough : 0)
            | ((flags & PageFlags.Global) != 0 ? Global : 0)
            | ((flags & PageFlags.NotOwned) != 0 ? NotOwned : 0)
            | ((ulong)protectionKey << ProtectionKeyShift);

    /// <summary>The flags of a leaf entry.</summary>
    public static PageFlags FlagsOf(ulong leaf)
    {
        PageFlags caching = (leaf & (CacheDisable | WriteThrough)) switch
        {
            0 => PageFlags.None,
            WriteThrough => PageFlags.WriteCombining,
            _ => PageFlags.Uncached,
        };
        return caching
            | ((leaf & Writable) != 0 ? PageFlags.Writable : 0)
            | ((leaf & NoExecute) == 0 ? PageFlags.Executable : 0)
            | ((leaf & User) != 0 ? PageFlags.User : 0)
            | ((leaf & Global) != 0 ? PageFlags.Global : 0)
            | ((leaf & NotOwned) != 0 ? PageFlags.NotOwned : 0);
    }

    /// <summary>The protection key of a leaf entry.</summary>
    public static int ProtectionKeyOf(ulong leaf) => (int)(leaf >> ProtectionKeyShift) & HighestProtectionKey;

    /// <summary>Whether the flags and key make sense together.</summary>
    public static bool AreValid(PageFlags flags, int protectionKey)
        => (flags & (PageFlags.Writable | PageFlags.Executable)) != (PageFlags.Writable | PageFlags.Executable)
            && (flags & (PageFlags.Uncached | PageFlags.WriteCombining)) != (PageFlags.Uncached | PageFlags.WriteCombining)
            && protectionKey is >= 0 and <= HighestProtectionKey;
}
