namespace NooksOS.Tool.Disks;

/// <summary>One kind of crash of one extension. The names are those of the JSON document.</summary>
/// <param name="Extension">Who was crashed.</param>
/// <param name="Kind">How.</param>
/// <param name="Crashes">How often.</param>
/// <param name="Recovered">How often it was running again afterwards.</param>
/// <param name="WrongFiles">After how many of them a file could not be written or read back.</param>
public sealed record MatrixRow(string Extension, string Kind, int Crashes, int Recovered, int WrongFiles);
