namespace NooksOS.Tools.Symbols;

/// <summary>A section of a linked file.</summary>
internal sealed record ElfSection(string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong LengthBytes, uint Link)
{
    private const ulong ExecutableFlag = 4;

    /// <summary>Whether it holds code.</summary>
    public bool IsCode => (Flags & ExecutableFlag) != 0;

    /// <summary>First address after it.</summary>
    public ulong End => Address + LengthBytes;
}
