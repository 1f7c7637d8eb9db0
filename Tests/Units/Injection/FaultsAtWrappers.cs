using System.Linq;
using NooksOS.Isolation.Injection;
using Xunit;

namespace NooksOS.Tests.Units.Injection;

public sealed class FaultsAtWrappers
{
    private const int Many = 20_000;

    [Fact]
    public void FollowFromTheSeedAlone()
    {
        Assert.Equal(Describe(seed: 7), Describe(seed: 7));
        Assert.NotEqual(Describe(seed: 7), Describe(seed: 8));
    }

    [Fact]
    public void TakeTurnsAmongTheirTypes()
        => Assert.Equal(
            [FaultType.Leak, FaultType.NoReply, FaultType.Leak],
            WrapperFaultPlanner.Plan([FaultType.Leak, FaultType.NoReply], 3, seed: 1).Select(fault => fault.Type));

    [Fact]
    public void OverrunAsFarAsThoseOfRio()
    {
        int[] lengths = [.. WrapperFaultPlanner.Plan([FaultType.CopyOverrun], Many, seed: 1).Select(fault => fault.LengthBytes)];
        Assert.InRange(lengths.Count(length => length == 1) / (double)Many, 0.48, 0.52);
        Assert.InRange(lengths.Count(length => length is >= 2 and <= 1024) / (double)Many, 0.42, 0.46);
        Assert.InRange(lengths.Count(length => length is >= 2048 and <= 4096) / (double)Many, 0.05, 0.07);
        Assert.DoesNotContain(lengths, length => length is < 1 or (> 1024 and < 2048) or > 4096);
    }

    [Fact]
    public void StrikeOnceAtTheirCall()
    {
        WrapperFault fault = new(FaultType.DoubleFree, call: 2, lengthBytes: 1);
        Assert.Equal([false, false, true, false, false], Enumerable.Range(0, 5).Select(_ => fault.IsDue()));
        Assert.Equal(0, fault.ActivationNanoseconds);
        fault.Strike("IDeviceServices.Release", 5);
        Assert.Equal(("IDeviceServices.Release", 5L), (fault.Method, fault.ActivationNanoseconds));
    }

    private static string Describe(ulong seed)
        => string.Join(' ', WrapperFaultPlanner.Plan([FaultType.CopyOverrun], 50, seed).Select(fault => $"{fault.Call}/{fault.LengthBytes}"));
}
