using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>Header of the compiler's tables (ReadyToRunHeader of .NET 9): a count of sections and a row for each.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct ModuleHeader
{
    [FieldOffset(12)]
    private ushort _sectionCount;

    [FieldOffset(14)]
    private byte _rowBytes;

    private const int HasEndFlag = 1;
    private const int BlobSectionBase = 300;

    /// <summary>Finds a section. Without an end in the table it is one pointer long.</summary>
    public static void* FindSection(ModuleHeader* header, int id, int* lengthBytes)
    {
        // SAFETY: the compiler's table follows its header.
        byte* row = (byte*)(header + 1);
        for (int index = 0; index < header->_sectionCount; index++, row += header->_rowBytes)
        {
            SectionRow* section = (SectionRow*)row;
            if (section->Id == id)
            {
                *lengthBytes = (section->Flags & HasEndFlag) != 0 ? (int)(section->End - section->Start) : sizeof(void*);
                return section->Start;
            }
        }

        *lengthBytes = 0;
        return null;
    }

    /// <summary>Finds a reflection blob.</summary>
    public static void* FindBlob(ModuleHeader* header, uint id, int* lengthBytes)
        => FindSection(header, BlobSectionBase + (int)id, lengthBytes);

    [StructLayout(LayoutKind.Sequential)]
    private struct SectionRow
    {
        public int Id;
        public int Flags;
        public byte* Start;
        public byte* End;
    }
}
