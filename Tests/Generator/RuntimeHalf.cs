using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Tests.Generator.Samples;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>What every image carries besides its own code.</summary>
public sealed class RuntimeHalf
{
    private readonly Loopback _loopback = new();
    private readonly SampleExtension _extension = new();
    private readonly IExtensionControl _control;

    public RuntimeHalf()
    {
        Assert.Equal(CallStatus.Ok, _loopback.Run(_extension));
        _control = _loopback.Proxy<IExtensionControl>();
    }

    [Fact]
    public void StartGivesTheExtensionItsServices()
    {
        Assert.True(_control.Start().Succeeded);
        IExtensionServices services = _extension.Services!;
        Assert.Equal(123_456_789_000, services.MonotonicNanoseconds);
        services.Log("grüße");
        Assert.Equal(["grüße"], _loopback.Runtime.Lines);
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => services.NextRandom()).Distinct().Count());
    }

    [Fact]
    public void TheHeartbeatIsTheComplement() => Assert.Equal(~42ul, _control.Heartbeat(42).Value);

    [Fact]
    public void TheKernelIsCalledAsOftenAsTold()
    {
        Assert.True(_control.CallKernel(17).Succeeded);
        Assert.Equal(17, _loopback.Runtime.Nulls);
    }

    [Fact]
    public void ASilentExtensionAnswersEverythingAndDoesNothing()
    {
        int calls = 0;
        _extension.OnCall = _ => calls++;
        ISampleDevice device = _loopback.Proxy<ISampleDevice>();
        Assert.Equal(6u, device.Sum([1, 2, 3]).Value);
        Assert.True(_control.Misbehave(MisbehaviorKind.Silent, 0).Succeeded);
        Assert.Equal(0u, device.Sum([1, 2, 3]).Value);
        Assert.True(device.Nothing().Succeeded);
        Assert.Equal(1, calls);
        Assert.NotEqual(~42ul, _control.Heartbeat(42).Value);
        Assert.True(_control.Null().Succeeded);
    }

    [Fact]
    public void AConstructorThatThrowsIsReported()
    {
        Loopback fresh = new();
        object status = fresh.ExtensionType("ExtensionHost").GetMethod("Run")!
            .Invoke(null, [(Func<IExtension>)(() => throw new TimeoutException("too late"))])!;
        Assert.Equal((ulong)CallStatus.Failed, status);
        Assert.Equal("too late", Assert.Single(fresh.Runtime.Exceptions).Message);
    }

    [Fact]
    public void ARefusedContractEndsTheStart()
        => Assert.Equal(CallStatus.BadParameter, _loopback.Run(_extension));

    [Fact]
    public void TheHeapIsDescribed()
    {
        HeapStatistics heap = _control.GetHeapStatistics().Value;
        Assert.True(heap.LiveBytes > 0);
    }
}
