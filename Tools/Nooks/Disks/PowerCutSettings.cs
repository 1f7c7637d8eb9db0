namespace NooksOS.Tool.Disks;

/// <summary>How the demonstration is run.</summary>
/// <param name="Kills">How often the emulator is killed.</param>
/// <param name="Seed">What the load and the moments follow from.</param>
/// <param name="FatBits">Which kind of FAT: 12, 16 or 32.</param>
public sealed record PowerCutSettings(int Kills, int Seed, int FatBits);
