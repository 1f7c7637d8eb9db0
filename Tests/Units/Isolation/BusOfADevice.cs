using System;
using System.Linq;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.ObjectTracker;
using NooksOS.Tests.Units.Kernel.Bus;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class BusOfADevice
{
    private const byte CommandOffset = 0x04;
    private const uint WritableCommandBits = 0x0407;

    private static readonly PciAddress s_address = new(0, 3, 0);

    // A call had found the device, was kept from running, and let it have the bus when its memory was somebody else's.
    [Fact]
    public void IsNotHadAnyMoreOnceTheDeviceWasGivenBack()
    {
        PciDevice device = Enumerate();
        HandleTable table = new(1, ObjectQuotas.Default, new TrackerLedger());
        ClaimedDevice claimed = new(device, 1);
        Assert.Equal(CallStatus.Ok, table.TryAdd(claimed));
        Assert.True(claimed.TrySetBusMaster(true));
        Assert.Equal(PciCommand.BusMaster, device.Command & PciCommand.BusMaster);

        Assert.Equal(CallStatus.Ok, table.Release(claimed.Slot, claimed.Generation));
        Assert.False(claimed.TrySetBusMaster(true));
        Assert.Equal((PciCommand)0, device.Command & PciCommand.BusMaster);
    }

    [Fact]
    public void IsNotHadAnyMoreOnceTheDomainIsTakenDown()
    {
        PciDevice device = Enumerate();
        HandleTable table = new(1, ObjectQuotas.Default, new TrackerLedger());
        ClaimedDevice claimed = new(device, 1);
        table.TryAdd(claimed);
        table.Close();
        table.QuiesceAll();

        Assert.False(claimed.TrySetBusMaster(true));
        Assert.Equal((PciCommand)0, device.Command & PciCommand.BusMaster);
    }

    // Both bits are in one register: a line that was given back let the device have the bus again that it had when the register was read.
    [Fact]
    public void IsNotHadAgainByWhoChangesSomethingElse()
    {
        Interloper space = new(MakeSpace());
        PciDevice device = PciBus.Enumerate(space).Single();
        device.SetBusMaster(true);
        Thread other = new(() => device.SetBusMaster(false));
        space.AfterNextRead = () =>
        {
            other.Start();

            // It ends here only if nothing keeps it from that.
            other.Join(100);
        };
        device.SetInterruptDisable(true);
        other.Join();

        Assert.Equal(PciCommand.InterruptDisable, device.Command & (PciCommand.BusMaster | PciCommand.InterruptDisable));
    }

    private static PciDevice Enumerate() => PciBus.Enumerate(MakeSpace()).Single();

    private static FakeConfigurationSpace MakeSpace() => new FakeConfigurationSpace()
        .With(s_address, 0x00, 0x100E_8086)
        .With(s_address, 0x08, 0x0200_0003)
        .With(s_address, CommandOffset, 0, WritableCommandBits);

    /// <summary>Configuration space in which something happens between reading and writing.</summary>
    private sealed class Interloper(FakeConfigurationSpace space) : IPciConfigurationSpace
    {
        public Action? AfterNextRead { get; set; }

        public uint Read(PciAddress address, byte offsetBytes)
        {
            uint value = space.Read(address, offsetBytes);
            Action? after = AfterNextRead;
            AfterNextRead = null;
            after?.Invoke();
            return value;
        }

        public void Write(PciAddress address, byte offsetBytes, uint value) => space.Write(address, offsetBytes, value);
    }
}
