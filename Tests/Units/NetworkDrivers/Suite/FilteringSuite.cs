using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>What is wanted passes, and nothing else.</summary>
public abstract class FilteringSuite : DriverSuite
{
    private static readonly MacAddress s_group = MacAddress.Read([0x01, 0x00, 0x5E, 0x00, 0x00, 0xFB]);
    private static readonly MacAddress s_otherGroup = MacAddress.Read([0x33, 0x33, 0x00, 0x01, 0x02, 0x03]);
    private static readonly MacAddress s_stranger = MacAddress.Read([0x52, 0x54, 0x00, 0x65, 0x43, 0x21]);

    private readonly FakeKernel _kernel;

    private protected FilteringSuite(Func<DeviceBehavior, FakeKernel> makeKernel)
        : base(makeKernel, seed: 21) => _kernel = MakeKernel();

    [Fact]
    public void NormallyOnlyItsOwnAddressAndBroadcastsPass()
    {
        _kernel.StartAndHear();

        Assert.Equal([_kernel.Address, MacAddress.Broadcast], WhatPasses());
    }

    [Fact]
    public void PromiscuousEverythingPasses()
    {
        _kernel.StartAndHear(ReceiveMode.Promiscuous);

        Assert.Equal([_kernel.Address, MacAddress.Broadcast, s_group, s_otherGroup, s_stranger], WhatPasses());
    }

    [Fact]
    public void EveryGroupPassesIfWanted()
    {
        _kernel.StartAndHear(ReceiveMode.AllMulticast);

        Assert.Equal([_kernel.Address, MacAddress.Broadcast, s_group, s_otherGroup], WhatPasses());
    }

    [Fact]
    public void TheModeCanBeChanged()
    {
        _kernel.StartAndHear();
        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetReceiveMode(ReceiveMode.Promiscuous).Status);
        _kernel.WaitUntilHearing();
        Assert.Equal(5, WhatPasses().Count);

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetReceiveMode(ReceiveMode.Normal).Status);
        _kernel.WaitUntilHearing();
        Assert.Equal(2, WhatPasses().Count);
    }

    [Fact]
    public void AModeThatDoesNotExistIsRefused()
    {
        _kernel.StartAndHear();

        Assert.Equal(CallStatus.BadParameter, _kernel.Driver.SetReceiveMode((ReceiveMode)4).Status);
        Assert.Equal(CallStatus.BadParameter, _kernel.Driver.Open((ReceiveMode)4).Status);
    }

    [Fact]
    public void GroupsOfTheListPass()
    {
        _kernel.StartAndHear();

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetMulticastList([s_group]).Status);
        Assert.Equal([_kernel.Address, MacAddress.Broadcast, s_group], WhatPasses());

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetMulticastList([s_otherGroup]).Status);
        Assert.Equal([_kernel.Address, MacAddress.Broadcast, s_otherGroup], WhatPasses());

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetMulticastList([]).Status);
        Assert.Equal([_kernel.Address, MacAddress.Broadcast], WhatPasses());
    }

    [Fact]
    public void AListThatIsGivenBeforeTheOpeningIsKept()
    {
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Start(_kernel).Status);
        _kernel.Driver.SetMulticastList([s_group, s_otherGroup]);
        _kernel.Driver.Open(ReceiveMode.Normal);
        _kernel.WaitUntilHearing();

        Assert.Equal([_kernel.Address, MacAddress.Broadcast, s_group, s_otherGroup], WhatPasses());
    }

    [Fact]
    public void AListWithAStationIsRefusedAndChangesNothing()
    {
        _kernel.StartAndHear();
        _kernel.Driver.SetMulticastList([s_group]);

        Assert.Equal(CallStatus.BadParameter, _kernel.Driver.SetMulticastList([s_otherGroup, s_stranger]).Status);

        Assert.Equal([_kernel.Address, MacAddress.Broadcast, s_group], WhatPasses());
    }

    [Fact]
    public void EveryGroupOfALongListPasses()
    {
        _kernel.StartAndHear();
        MacAddress[] groups = [.. Enumerable.Range(0, 128).Select(_ => new MacAddress(((ulong)Random.NextInt64() & 0xFFFF_FFFF_FFFF) | 1))];

        Assert.Equal(CallStatus.Ok, _kernel.Driver.SetMulticastList(groups).Status);

        foreach (MacAddress group in groups)
        {
            _kernel.Simulated.Arrive(Frames.Random(Random, group));
            _kernel.ServeInterrupts();
        }

        Assert.Equal(128, _kernel.Received.Count);
    }

    private List<MacAddress> WhatPasses()
    {
        _kernel.WaitUntilHearing();
        _kernel.Received.Clear();
        foreach (MacAddress destination in new[] { _kernel.Address, MacAddress.Broadcast, s_group, s_otherGroup, s_stranger })
        {
            _kernel.Simulated.Arrive(Frames.Random(Random, destination));
        }

        _kernel.ServeInterrupts();
        return [.. _kernel.Received.Select(frame => MacAddress.Read(frame))];
    }
}
