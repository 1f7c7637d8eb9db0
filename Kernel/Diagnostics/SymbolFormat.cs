namespace NooksOS.Kernel.Diagnostics;

/// <summary>
/// The symbol file of an image (.sym): which function and line an offset of the image belongs to. The host writes it after
/// linking, the kernel reads it where the boot loader put it. Little-endian; addresses are offsets of the image.
/// </summary>
/// <remarks>
/// <para>Header: see the fields below, each a 32-bit word unless it says otherwise. Then, in this order and each padded to 4 bytes:</para>
/// <para>
/// Function index: a pair of words for each block of <see cref="FunctionsPerBlock"/> functions, {address of the first, offset of its record
/// in the function records}. Function records, ascending: four variable-length numbers {address less the address of the function
/// before, or of the block; length; type name; method name}.
/// </para>
/// <para>
/// Line index: the same for blocks of <see cref="RowsPerBlock"/> rows. Line rows, ascending: a variable-length number, address less
/// the row before, or the block, shifted left once, with bit 0 set if the file changes; the line less the line before as
/// a signed variable-length number; and, if the file changes, the file. File and line are 0 at the start of a block. A row holds up to
/// the next row, but not past the end of its function; line 0 says that there is none.
/// </para>
/// <para>
/// Three name tables, for types, methods and files: a word with the count, count + 1 words with offsets into the text, and the text, UTF-8.
/// Name 0 of each table is empty.
/// </para>
/// <para>
/// A variable-length number has seven bits to the byte, the low ones first, and bit 7 set in all but the last. A signed one is
/// (n &lt;&lt; 1) ^ (n &gt;&gt; 31).
/// </para>
/// </remarks>
public static class SymbolFormat
{
    /// <summary>"NSYM".</summary>
    public const uint Magic = 0x4D59534E;

    /// <summary>The version of the format, the second word.</summary>
    public const uint Version = 1;

    /// <summary>Functions that share an entry of the function index.</summary>
    public const int FunctionsPerBlock = 16;

    /// <summary>Rows that share an entry of the line index.</summary>
    public const int RowsPerBlock = 32;

    /// <summary>Length of the header.</summary>
    public const int HeaderBytes = 64;

    /// <summary>Field: the address, 64 bits, at which the linker put what has offset 0.</summary>
    public const int LinkBaseField = 8;

    /// <summary>Field: number of functions.</summary>
    public const int FunctionCountField = 16;

    /// <summary>Field: number of line rows.</summary>
    public const int RowCountField = 20;

    /// <summary>
    /// Field: where the first section lies. Its seven followers are function records, line index, line rows, names of types, of methods,
    /// of files, and the end of the file.
    /// </summary>
    public const int FunctionIndexField = 24;

    /// <summary>Number of sections.</summary>
    public const int SectionCount = 7;

    /// <summary>Length of an entry of an index.</summary>
    public const int IndexEntryBytes = 8;
}
