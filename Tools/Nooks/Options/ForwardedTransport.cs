namespace NooksOS.Tool.Options;

/// <summary>Which transports a forward leads over.</summary>
public enum ForwardedTransport
{
    /// <summary>UDP and TCP.</summary>
    Both,

    /// <summary>UDP only.</summary>
    Udp,

    /// <summary>TCP only.</summary>
    Tcp,
}
