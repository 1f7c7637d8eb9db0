using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>A name that is being looked up. The object is used again for others.</summary>
internal sealed class NameQuery
{
    /// <summary>Whether it stands for a query at all.</summary>
    public bool IsUsed { get; set; }

    /// <summary>What the kernel calls it.</summary>
    public uint Query { get; set; }

    /// <summary>The name, as DNS writes it, in the first <see cref="NameLength"/> octets.</summary>
    public byte[] Name { get; } = new byte[DnsName.MaximumBytes];

    /// <summary>How long the name is.</summary>
    public int NameLength { get; set; }

    /// <summary>Who is asked.</summary>
    public Ipv4Address Server { get; set; }

    /// <summary>Our port. Each query has another one, which nobody can guess (RFC 5452 §9.2).</summary>
    public ushort Port { get; set; }

    /// <summary>The number of the question, likewise.</summary>
    public ushort Identifier { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Attempts { get; set; }

    /// <summary>When it is asked again.</summary>
    public long NextAttempt { get; set; }

    /// <summary>Whether the kernel is to be told how it ended.</summary>
    public bool IsDone { get; set; }

    /// <summary>How it ended.</summary>
    public CallStatus Outcome { get; set; }

    /// <summary>The address that was found.</summary>
    public Ipv4Address Address { get; set; }
}
