namespace NooksOS.Tools.Symbols;

/// <summary>From this address on, code belongs to this line; line 0 says that it belongs to none.</summary>
internal readonly record struct LineRow(ulong Address, string File, uint Line);
