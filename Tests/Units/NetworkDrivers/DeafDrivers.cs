using System;
using NooksOS.Contracts;
using NooksOS.Tests.Units.Recovery.Network;
using NooksOS.Wrappers;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

public sealed class DeafDrivers
{
    [Fact]
    public void SendingDoesNotServeTheDeviceOfADeafDriver()
    {
        Wire wire = new();
        FakeDriver driver = new(wire, () => DeathPoint.None) { Done = 1, Arrived = [2, 0, 7, 7] };
        DeafNetworkDevice deaf = new(driver);
        byte[] outgoing = new byte[256];
        int usedBytes = 0;
        Assert.True(PacketBatch.TryAppend(outgoing, ref usedBytes, new byte[60]));
        Assert.True(PacketBatch.TryAppend(outgoing, ref usedBytes, new byte[90]));

        Assert.True(deaf.Exchange(outgoing.AsSpan(0, usedBytes), new byte[256]).TryGet(out DeviceExchange exchange));

        Assert.Equal(new DeviceExchange(2, 2, 0, WasCause: false, HasMore: false), exchange);
        Assert.Equal((0, 1u, 4), (driver.InRing, driver.Done, driver.Arrived.Length));
    }
}
