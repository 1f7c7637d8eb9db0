using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Virtio;
using NooksOS.Drivers.VirtioNet;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using NooksOS.Tests.Units.Virtio;
using Xunit;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>What the driver and a device agree on.</summary>
public sealed class Negotiation
{
    private readonly Random _random = new(32);
    private readonly VirtioKernel _kernel = new();

    [Fact]
    public void OnlyWhatTheDriverKnowsIsAccepted()
    {
        _kernel.StartAndOpen();

        Assert.Equal(NetworkFeatures.Wanted, _kernel.Device.Common.Accepted);
        Assert.Equal(
            VirtioStatus.Acknowledge | VirtioStatus.Driver | VirtioStatus.FeaturesOk | VirtioStatus.DriverOk, _kernel.Device.Common.Status);
    }

    [Theory]
    [InlineData(VirtioFeatures.Version1)]
    [InlineData(NetworkFeatures.Address)]
    internal void ADeviceWithoutWhatTheDriverNeedsIsRefused(VirtioFeatures missing)
    {
        _kernel.Device.Common.Offered &= ~missing;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
        Assert.Equal(VirtioStatus.Failed, _kernel.Device.Common.Status);
    }

    [Fact]
    public void ADeviceThatRefusesTheFeaturesIsNotUsed()
    {
        _kernel.Device.Common.RefusesFeatures = true;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
    }

    [Fact]
    public void ADeviceThatIsAnotherOneAfterAResetIsNotOpened()
    {
        _kernel.StartAndOpen();
        _kernel.Driver.Close();
        _kernel.Device.Common.Offered = NetworkFeatures.Required;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Open(ReceiveMode.Normal).Status);

        _kernel.Device.Common.Offered = VirtioModel.EveryFeature;
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Open(ReceiveMode.Normal).Status);
    }

    [Fact]
    public void WithNothingButTheNecessaryTrafficFlows()
    {
        _kernel.Device.Common.Offered = NetworkFeatures.Required;
        _kernel.StartAndHear();
        byte[] frame = Frames.Random(_random, _kernel.Address);

        _kernel.Device.Arrive(frame);
        _kernel.Transmit(frame);
        _kernel.ServeInterrupts();

        Assert.Equal(frame, Assert.Single(_kernel.Received));
        Assert.Equal(frame, Assert.Single(_kernel.Device.Sent));
        Assert.Equal(new LinkState(true, true, 0), _kernel.Driver.GetLink().Value);
        Assert.Equal(0, _kernel.Device.Commands);
        Assert.Empty(_kernel.Device.Complaints);
    }

    [Fact]
    public void WhatNeedsTheControlQueueIsNotAcceptedWithoutIt()
    {
        _kernel.Device.Common.Offered &= ~NetworkFeatures.ControlQueue;

        _kernel.StartAndOpen();

        Assert.Equal(
            VirtioFeatures.None, _kernel.Device.Common.Accepted & (NetworkFeatures.ControlReceive | NetworkFeatures.MultipleQueues));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public void TheControlQueueIsBehindAllPairs(int pairs)
    {
        VirtioKernel kernel = new(DeviceBehavior.ByTheManual);
        kernel.Device.Pairs = (ushort)pairs;

        kernel.StartAndOpen();

        Assert.Equal([0, 1, 2 * pairs], Enumerable.Range(0, (2 * pairs) + 1).Where(queue => kernel.Device.Queues[queue].IsEnabled));
        Assert.Equal(3, kernel.Device.Commands);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x8001)]
    public void ANumberOfPairsThatIsNoneIsRefused(int pairs)
    {
        VirtioKernel kernel = new();
        kernel.Device.ReadFilter = (offset, value)
            => offset == ConfigurationSpace.DeviceOffset + (uint)NetworkConfiguration.MaximumQueuePairs ? (uint)pairs : value;

        Assert.Equal(CallStatus.Failed, kernel.Driver.Start(kernel).Status);
    }

    [Theory]
    [InlineData(64, 64)]
    [InlineData(100, 64)]
    [InlineData(2, 2)]
    public void AShortQueueIsEnough(int size, int expected)
    {
        _kernel.Device.QueueSize = (ushort)size;
        _kernel.StartAndHear();
        byte[][] frames = [.. Enumerable.Range(0, 150).Select(_ => Frames.Random(_random, _kernel.Address))];
        foreach (byte[] frame in frames)
        {
            _kernel.Device.Arrive(frame);
            _kernel.Transmit(frame);
            _kernel.ServeInterrupts();
        }

        Assert.Equal(expected, _kernel.Device.Queues[0].Size);
        Frames.AssertSame(frames, _kernel.Received);
        Frames.AssertSame(frames, _kernel.Device.Sent);
    }

    [Fact]
    public void ADeviceWithoutQueuesIsRefused()
    {
        _kernel.Device.QueueSize = 0;

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Start(_kernel).Status);
    }

    [Fact]
    public void ADeviceWhoseQueuesHaveShrunkIsNotOpened()
    {
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Start(_kernel).Status);
        _kernel.Device.QueueSize = 16;
        _kernel.Device.SetLink(true);
        Assert.Equal(CallStatus.Ok, _kernel.Driver.Open(ReceiveMode.Normal).Status);
        _kernel.Driver.Close();

        Assert.Equal(CallStatus.Failed, _kernel.Driver.Open(ReceiveMode.Normal).Status);
        Assert.False(_kernel.Memory.IsBusMaster);
    }
}
