namespace NooksOS.Tools.Symbols;

/// <summary>A symbol that names code.</summary>
/// <param name="Name">Its name as the linker has it.</param>
/// <param name="Address">Where it is.</param>
/// <param name="LengthBytes">Its length, or zero if the assembler did not say.</param>
/// <param name="IsFunction">Whether the compiler marked it as a function; labels of assembly are not marked.</param>
internal sealed record ElfSymbol(string Name, ulong Address, ulong LengthBytes, bool IsFunction);
