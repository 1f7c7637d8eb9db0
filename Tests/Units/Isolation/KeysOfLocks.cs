using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.ObjectTracker;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class KeysOfLocks
{
    // The 114th domain's first lock had the key of a word in the first slot: who waited there was woken in the place of who waited for the lock.
    [Theory]
    [InlineData(1)]
    [InlineData(114)]
    [InlineData(100_000)]
    public void AreNoAddressesOfDomains(uint domainId)
    {
        HandleTable table = new(domainId, ObjectQuotas.Default, new TrackerLedger());
        DomainLock first = new();
        DomainLock second = new();
        table.TryAdd(first);
        table.TryAdd(second);

        Assert.True(first.Key >= SlotLayout.Base(SlotLayout.SlotLimit));
        Assert.NotEqual(first.Key, second.Key);
    }
}
