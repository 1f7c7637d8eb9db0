namespace NooksOS.Image;

/// <summary>A driver that could be loaded.</summary>
/// <param name="Name">Its extension's name, and its image's.</param>
/// <param name="IsWanted">Whether the machine has a device that it knows.</param>
internal sealed record DriverEntry(string Name, bool IsWanted);
