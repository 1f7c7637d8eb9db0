namespace NooksOS.Contracts;

/// <summary>Bounds of the calls of <see cref="ISocketServices"/>.</summary>
public static class SocketLimits
{
    /// <summary>The most that one call sends or receives.</summary>
    public const int TransferBytes = 192 * 1024;

    /// <summary>The most sockets that one <see cref="ISocketServices.WaitReady"/> names.</summary>
    public const int ReadySockets = 64;

    /// <summary>The longest host name, in bytes (RFC 1035, 2.3.4).</summary>
    public const int HostNameBytes = 253;

    /// <summary>Names that are looked up at the same time at most: by the kernel's users, and so by the stack.</summary>
    public const int NameQueries = 64;
}
