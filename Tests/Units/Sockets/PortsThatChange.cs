using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class PortsThatChange
{
    // While there was no stack, each time that somebody opened a port and closed it took memory of the kernel for good.
    [Fact]
    public void APortWaitsOnceHoweverOftenItChanges()
    {
        PortChanges changes = new();
        for (int change = 0; change < 100; change++)
        {
            changes.Add(7);
            changes.Add(8);
        }

        Assert.True(changes.TryTake(out ushort first));
        Assert.True(changes.TryTake(out ushort second));
        Assert.Equal((7, 8), (first, second));
        Assert.False(changes.TryTake(out _));
        changes.Add(7);
        Assert.True(changes.TryTake(out _));
        changes.Add(9);
        changes.Restart([7, 9]);
        Assert.True(changes.TryTake(out first));
        Assert.True(changes.TryTake(out second));
        Assert.Equal((7, 9), (first, second));
        Assert.False(changes.TryTake(out _));
    }
}
