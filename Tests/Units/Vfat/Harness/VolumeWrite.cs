namespace NooksOS.Tests.Units.Vfat;

/// <summary>One request that wrote to a volume.</summary>
internal readonly record struct VolumeWrite(int Epoch, int Position, byte[] Bytes);
