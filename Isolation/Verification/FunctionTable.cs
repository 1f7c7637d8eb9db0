using System;
using System.Buffers.Binary;
using NooksOS.Isolation.Loading;

namespace NooksOS.Isolation.Verification;

/// <summary>
/// The functions of an image in ascending order, from the search table of .eh_frame_hdr and the FDEs it points at: the compiler
/// writes one for each function and funclet. Reads the encodings that ld and ilc write and no others.
/// </summary>
internal readonly ref struct FunctionTable
{
    private const int HeaderBytes = 12;
    private const int EntryBytes = 8;

    // Version 1; pointer pcrel sdata4; count udata4; table datarel sdata4.
    private const uint ExpectedEncodings = 0x3B031B01;

    private readonly ReadOnlySpan<byte> _constants;
    private readonly uint _constantsStart;
    private readonly uint _tableStart;

    private FunctionTable(ReadOnlySpan<byte> constants, uint constantsStart, uint tableStart, int count)
    {
        _constants = constants;
        _constantsStart = constantsStart;
        _tableStart = tableStart;
        Count = count;
    }

    /// <summary>How many functions there are.</summary>
    public int Count { get; }

    public static ImageRefusal? Read(ReadOnlySpan<byte> file, LoadedImageLayout layout, ref FunctionTable table)
    {
        ReadOnlySpan<byte> constants = LoadedImageLayout.Contents(file, layout.Constants);
        CodeRange range = layout.UnwindTable;
        if (range.LengthBytes < HeaderBytes)
        {
            return new ImageRefusal(ImageRefusalReason.MalformedUnwindTable, range.Start, "the image has no table of functions");
        }

        ReadOnlySpan<byte> bytes = constants.Slice((int)(range.Start - layout.Constants.ImageOffset), (int)range.LengthBytes);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != ExpectedEncodings || count > (uint)((bytes.Length - HeaderBytes) / EntryBytes))
        {
            return new ImageRefusal(ImageRefusalReason.MalformedUnwindTable, range.Start, "the table of functions is malformed");
        }

        table = new FunctionTable(constants, layout.Constants.ImageOffset, range.Start, (int)count);
        return null;
    }

    /// <summary>Reads one function. False if its entry points outside the constants or contradicts its FDE.</summary>
    public bool TryGet(int index, out CodeRange function)
    {
        const int ProgramCounterField = 8;
        const int FieldsBytes = 16;
        function = default;
        ReadOnlySpan<byte> entry = _constants[(int)(_tableStart - _constantsStart + HeaderBytes + (uint)(index * EntryBytes))..];
        long start = _tableStart + (long)BinaryPrimitives.ReadInt32LittleEndian(entry);
        long description = _tableStart + (long)BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        long place = description - _constantsStart;
        if (start < 0 || place < 0 || place > _constants.Length - FieldsBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> fields = _constants[(int)place..];
        long described = description + ProgramCounterField + BinaryPrimitives.ReadInt32LittleEndian(fields[ProgramCounterField..]);
        long end = start + BinaryPrimitives.ReadUInt32LittleEndian(fields[(ProgramCounterField + 4)..]);
        if (described != start || end > uint.MaxValue)
        {
            return false;
        }

        function = new CodeRange((uint)start, (uint)end);
        return true;
    }
}
