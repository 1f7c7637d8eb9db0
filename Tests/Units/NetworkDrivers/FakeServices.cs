using System;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>What the kernel gives to the driver of any device, and the device behind it.</summary>
internal abstract class FakeServices : RefusedServices, IDeviceResources
{
    public FakeMemory Memory { get; } = new();

    public FakeClock Clock { get; } = new();

    /// <summary>The device.</summary>
    public abstract SimulatedRegisters Hardware { get; }

    public bool HasDevice { get; set; } = true;

    /// <summary>Allocations that the kernel still grants.</summary>
    public int Grants { get; set; } = int.MaxValue;

    public Action? OnBusMaster { get; set; }

    /// <summary>Called when the driver asks for the time, which lets other threads into it.</summary>
    public Action? OnClock { get; set; }

    public override long MonotonicNanoseconds
    {
        get
        {
            OnClock?.Invoke();
            return Clock.Look();
        }
    }

    public PciIdentity Identity => Hardware.Identity;

    public override IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities)
        => HasDevice && identities.Contains(Identity) ? this : null;

    public uint ReadConfiguration(uint offsetBytes, uint widthBytes) => Hardware.ReadConfiguration(offsetBytes, widthBytes);

    public RegisterWindow MapRegisterWindow(uint barIndex)
    {
        Assert.Equal(Hardware.RegisterBar, barIndex);
        return Grant() ? Hardware : throw new InvalidOperationException("no window");
    }

    public PortWindow OpenPorts(uint barIndex) => throw new NotSupportedException();

    public DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes)
        => Grant() ? Memory.Allocate(lengthBytes, alignmentBytes) : throw new InvalidOperationException("no memory");

    public void OpenInterruptLine()
    {
        Assert.False(Hardware.IsLineAsserted, "the line is opened while a dead instance's interrupt is pending");
        if (!Grant())
        {
            throw new InvalidOperationException("no line");
        }
    }

    public void SetBusMaster(bool enabled)
    {
        Assert.True(
            !enabled || Hardware.ReadFilter is not null || Hardware.IsReadyForTheBus, "the device goes on the bus before it is set up");
        Memory.IsBusMaster = enabled;
        if (enabled)
        {
            OnBus();
        }

        OnBusMaster?.Invoke();
    }

    /// <summary>Takes the device and its memory away from an instance that is dead.</summary>
    protected void TakeDeviceAway()
    {
        Memory.IsBusMaster = false;
        Memory.FreeAll();
        Hardware.WritesLeft = -1;
        OnBusMaster = null;
        OnClock = null;
    }

    /// <summary>The device can reach memory now.</summary>
    protected virtual void OnBus()
    {
    }

    /// <summary>Whether the kernel grants one more.</summary>
    protected bool Grant()
    {
        if (Grants == 0)
        {
            return false;
        }

        Grants--;
        return true;
    }
}
