namespace NooksOS.Contracts;

/// <summary>A range of I/O ports (an I/O BAR).</summary>
public readonly record struct PortRangeDescription(Handle<TrackedObjects.PortRange> Handle, uint LengthPorts);
