using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation;

/// <summary>
/// Protection keys for supervisor pages (Intel SDM vol. 3 §4.6.2): each page carries a key, and a register says which keys may
/// be written. Key 0 is the kernel's, the last one that of the interrupt stacks, the others belong to domains.
/// </summary>
public static unsafe class ProtectionKeys
{
    /// <summary>How many keys there are.</summary>
    public const uint Count = 16;

    /// <summary>The key of the interrupt stacks, which every domain may write.</summary>
    public const uint InterruptStackKey = Count - 1;

    private const uint KeyRightsRegister = 0x6E1;
    private const ulong KeysForSupervisorPages = 1 << 24;
    private const uint ExtendedFeatureLeaf = 7;
    private const uint FeatureBit = 1u << 31;
    private const ulong AllReadOnly = 0xAAAA_AAAA;
    private const ulong InterruptStackWindowBytes = 1 << 20;

    /// <summary>Turns the keys on. False if the processor has none.</summary>
    public static bool TryEnable()
    {
        const int RegisterC = 2;
        uint* registers = stackalloc uint[4];
        Processor.Identify(ExtendedFeatureLeaf, 0, registers);
        if ((registers[RegisterC] & FeatureBit) == 0)
        {
            return false;
        }

        Processor.WriteCr4(Processor.ReadCr4() | KeysForSupervisorPages);
        Processor.WriteModelSpecificRegister(KeyRightsRegister, 0);
        ulong root = ProcessorBlock.Current->KernelView;
        for (ulong offset = 0; offset < InterruptStackWindowBytes; offset += AddressLayout.PageBytes)
        {
            ulong page = AddressLayout.InterruptStackBase + offset;
            if (PageTables.TryTranslate(root, page, out _))
            {
                PageTables.Protect(root, page, PageFlags.Writable, (int)InterruptStackKey);
            }
        }

        return true;
    }

    /// <summary>The register's value while a domain with this key runs.</summary>
    public static ulong RightsOf(uint key) => AllReadOnly & ~Both(key) & ~Both(InterruptStackKey);

    private static ulong Both(uint key) => 3UL << (2 * (int)key);
}
