using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Spreads flows over the chains of a table, in a way that nobody can foresee who would want them all in one.</summary>
internal static class FlowHash
{
    /// <summary>A number to choose a chain by.</summary>
    public static ulong Spread(this SipHash hash, in TcpFlow flow) => hash.Hash(
        ((ulong)flow.Local.Value << 32) | flow.Remote.Value, ((ulong)flow.LocalPort << 16) | flow.RemotePort, 0);
}
