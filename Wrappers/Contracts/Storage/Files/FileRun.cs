namespace NooksOS.Contracts;

/// <summary>A part of a file that lies on the volume in one piece.</summary>
/// <param name="Position">Where it begins on the volume, in bytes.</param>
/// <param name="Offset">Where it begins in the file, in bytes.</param>
/// <param name="LengthBytes">How long it is.</param>
public readonly record struct FileRun(ulong Position, uint Offset, uint LengthBytes);
