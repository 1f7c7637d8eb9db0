namespace NooksOS.Extensions.TcpIp.Wire;

/// <summary>What an ARP packet is for (ar$op, RFC 826).</summary>
internal enum ArpOperation : ushort
{
    /// <summary>Who has the target protocol address?</summary>
    Request = 1,

    /// <summary>The sender has the sender protocol address.</summary>
    Reply = 2,
}
