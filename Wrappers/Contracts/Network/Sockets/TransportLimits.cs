namespace NooksOS.Contracts;

/// <summary>Bounds of the calls between the kernel and the stack about connections.</summary>
public static class TransportLimits
{
    /// <summary>The most connections that there can be.</summary>
    public const int Connections = 4096;

    /// <summary>The most connections that one kick or signal names.</summary>
    public const int NamedConnections = 256;
}
