namespace NooksOS.Contracts;

/// <summary>Registers that are reached through I/O ports: each access is a call to the kernel.</summary>
public abstract class PortWindow : RegisterWindow
{
    /// <summary>The range of ports, as the kernel knows it.</summary>
    public abstract Handle<TrackedObjects.PortRange> Handle { get; }
}
