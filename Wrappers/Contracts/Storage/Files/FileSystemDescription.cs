namespace NooksOS.Contracts;

/// <summary>A mounted volume.</summary>
/// <param name="FatBits">12, 16 or 32.</param>
/// <param name="ClusterBytes">Space is given out in units of this.</param>
/// <param name="ClusterCount">How many there are.</param>
/// <param name="FreeClusters">How many are free.</param>
/// <param name="SerialNumber">The number that it was given when it was formatted.</param>
/// <param name="IsReadOnly">Whether it can only be read.</param>
/// <param name="IsDamaged">Whether contradictions were found on it.</param>
/// <param name="IsDirty">Whether it says that it was not put to rest.</param>
public readonly record struct FileSystemDescription(
    uint FatBits, uint ClusterBytes, uint ClusterCount, uint FreeClusters, uint SerialNumber, bool IsReadOnly, bool IsDamaged, bool IsDirty);
