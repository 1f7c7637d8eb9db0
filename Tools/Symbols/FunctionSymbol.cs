namespace NooksOS.Tools.Symbols;

/// <summary>A function of the image; the address is an offset of the image.</summary>
internal sealed record FunctionSymbol(uint Address, uint LengthBytes, ManagedName Name);
