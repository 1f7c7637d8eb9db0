using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp.Extension;

/// <summary>What the kernel offers to the stack, and nothing that it does not use.</summary>
internal sealed class FakeServices(
    INetworkStackHost host, IStateStore state, Func<long> clock, ITransportHost? transport = null, IConnectionMemory? connections = null)
    : RefusedServices
{
    private ulong _random = 1;

    public override INetworkStackHost NetworkStacks => host;

    public override IStateStore State => state;

    public override ITransportHost Transport => transport ?? base.Transport;

    public override long MonotonicNanoseconds => clock();

    public override IConnectionMemory? OpenConnectionMemory()
    {
        _ = transport?.Register();
        return connections;
    }

    public override ulong NextRandom() => _random++;
}
