namespace NooksOS.Isolation.Loading;

/// <summary>The numbers of the ELF format that an image may hold (System V ABI, and its AMD64 supplement).</summary>
internal static class Elf
{
    public const uint Magic = 0x464C457F;
    public const byte Class64 = 2;
    public const byte LittleEndian = 1;
    public const byte CurrentVersion = 1;
    public const ushort SharedObject = 3;
    public const ushort Amd64 = 62;

    public const int FileHeaderBytes = 64;
    public const int ProgramHeaderBytes = 56;
    public const int DynamicEntryBytes = 16;
    public const int CompactRelocationBytes = 8;
    public const ulong CompactRelocationBitmap = 1;

    /// <summary>Words that one bitmap tells of.</summary>
    public const uint CompactRelocationWords = 63;

    /// <summary>p_type.</summary>
    public enum SegmentType : uint
    {
        Load = 1,
        Dynamic = 2,
        Interpreter = 3,
        ThreadLocal = 7,
        UnwindTable = 0x6474E550,
    }

    /// <summary>p_flags.</summary>
    [System.Flags]
    public enum SegmentFlags : uint
    {
        Execute = 1,
        Write = 2,
        Read = 4,
    }

    /// <summary>d_tag.</summary>
    public enum DynamicTag : ulong
    {
        End = 0,
        Needed = 1,
        PltRelocationBytes = 2,
        RelocationsBytes = 8,
        Init = 12,
        Fini = 13,
        ShortRelocations = 17,
        TextRelocations = 22,
        InitArray = 25,
        FiniArray = 26,
        PreInitArray = 32,
        CompactRelocationsBytes = 35,
        CompactRelocations = 36,
        CompactRelocationEntryBytes = 37,
    }
}
