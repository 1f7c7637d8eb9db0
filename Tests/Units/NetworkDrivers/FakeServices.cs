using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>What the kernel gives to the driver of any device, and the device behind it.</summary>
internal abstract class FakeServices : IExtensionServices, IDeviceResources
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

    public List<string> Lines { get; } = [];

    public virtual INetworkDeviceHost NetworkDevices => throw new NotSupportedException();

    public virtual ISynchronizationServices Synchronization => throw new NotSupportedException();

    public virtual IBlockDeviceHost BlockDevices => throw new NotSupportedException();

    public INetworkStackHost NetworkStacks => throw new NotSupportedException();

    public IStateStore State => throw new NotSupportedException();

    public IRecoveryServices Recovery => throw new NotSupportedException();

    public ISocketServices Sockets => throw new NotSupportedException();

    public ISystemView SystemView => throw new NotSupportedException();

    public ISystemControl SystemControl => throw new NotSupportedException();

    public IFileSystemHost FileSystems => throw new NotSupportedException();

    public IFileServices Files => throw new NotSupportedException();

    public ITransportHost Transport => throw new NotSupportedException();

    public IProcessServices Process => throw new NotSupportedException();

    public ISoundDeviceHost SoundDevices => throw new NotSupportedException();

    public ISoundServices Sound => throw new NotSupportedException();

    public long MonotonicNanoseconds
    {
        get
        {
            OnClock?.Invoke();
            return Clock.Look();
        }
    }

    public PciIdentity Identity => Hardware.Identity;

    public IBlockVolume? OpenVolume(uint volume) => throw new NotSupportedException();

    public ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => null;

    public IConnectionMemory? OpenConnectionMemory() => null;

    public virtual IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities)
        => HasDevice && identities.Contains(Identity) ? this : null;

    public ulong NextRandom() => 4;

    public void Log(string text) => Lines.Add(text);

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
