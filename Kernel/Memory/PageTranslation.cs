namespace NooksOS.Kernel.Memory;

/// <summary>Where a virtual address leads.</summary>
/// <param name="PhysicalAddress">The physical address.</param>
/// <param name="Flags">Rights and caching of its page, as the leaf entry says.</param>
/// <param name="ProtectionKey">The page's protection key.</param>
public readonly record struct PageTranslation(ulong PhysicalAddress, PageFlags Flags, int ProtectionKey);
