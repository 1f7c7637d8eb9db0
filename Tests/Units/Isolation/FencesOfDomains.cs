using System.Linq;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.ObjectTracker;
using NooksOS.Tests.Units.Kernel.Bus;
using NooksOS.Tests.Units.Kernel.Bus.Remapping;
using Xunit;

namespace NooksOS.Tests.Units.Isolation;

public sealed class FencesOfDomains
{
    private const ushort Source = 0x18;
    private const byte CommandOffset = 0x04;
    private const uint WritableCommandBits = 0x0407;
    private const DeviceAccess Everything = DeviceAccess.Read | DeviceAccess.Write;

    private readonly FakeTables _memory = new();
    private readonly SimulatedUnit _simulated;
    private readonly RemappingUnit _unit;
    private readonly PciDevice _device;
    private readonly MemoryAccount _account = new(64 * 4096);

    public FencesOfDomains()
    {
        _simulated = new SimulatedUnit(_memory);
        _unit = new RemappingUnit(_simulated, _memory, polls: 16);
        Assert.True(_unit.TryEnable(0x70));
        _device = PciBus.Enumerate(new FakeConfigurationSpace()
            .With(new PciAddress(0, 3, 0), 0x00, 0x100E_8086)
            .With(new PciAddress(0, 3, 0), 0x08, 0x0200_0003)
            .With(new PciAddress(0, 3, 0), CommandOffset, 0, WritableCommandBits)).Single();
    }

    [Fact]
    public void OpenWhatTheDomainHasFromTheClaimToTheRelease()
    {
        DmaFence fence = Make();
        Assert.True(fence.TryOpen(0x5000, 1, Everything));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        HandleTable table = new(1, ObjectQuotas.Default, new TrackerLedger());
        Assert.True(fence.TryAttach(_device));
        ClaimedDevice claimed = new(_device, 1, fence);
        table.TryAdd(claimed);
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        Assert.False(_simulated.Access(Source, 0x6000, writes: true));
        Assert.Equal(CallStatus.Ok, table.Release(claimed.Slot, claimed.Generation));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
    }

    [Fact]
    public void CloseWhatIsGivenBackBeforeItIsSomebodyElses()
    {
        DmaFence fence = Make();
        fence.TryAttach(_device);
        fence.TryOpen(0x5000, 2, Everything);
        Assert.True(_simulated.Access(Source, 0x6000, writes: true));
        fence.Close(0x5000, 2);
        fence.Settle();
        Assert.False(_simulated.Access(Source, 0x6000, writes: true));
    }

    // A dead domain's devices are kept from memory before any of it is freed.
    [Fact]
    public void AreShutBeforeADeadDomainLosesAnything()
    {
        DmaFence fence = Make();
        fence.TryAttach(_device);
        fence.TryOpen(0x5000, 1, Everything);
        HandleTable table = new(1, ObjectQuotas.Default, new TrackerLedger());
        table.TryAdd(new ClaimedDevice(_device, 1, fence));
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        table.Close();
        Assert.Empty(table.QuiesceAll());
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.Equal(DeviceAccess.Read | DeviceAccess.Write, fence.Look(0x5000));
    }

    [Fact]
    public void ChargeTheirTablesToTheDomain()
    {
        DmaFence fence = Make();
        fence.TryOpen(0x5000, 1, Everything);
        Assert.Equal(3ul * 4096, _account.LiveBytes);
        int before = _memory.Count;
        fence.Free();
        Assert.Equal(0ul, _account.LiveBytes);
        Assert.Equal(before - 3, _memory.Count);
    }

    [Fact]
    public void RefuseWhatTheDomainHasNoTablesFor()
    {
        DmaFence fence = Make();
        Assert.True(_account.TryCharge(_account.QuotaBytes - _account.LiveBytes));
        Assert.False(fence.TryOpen(0x5000, 1, Everything));
        Assert.Equal(DeviceAccess.None, fence.Look(0x5000));
    }

    // Requests of a disk lie anywhere: what their tables take does not grow with the memory that has been used.
    [Fact]
    public void TakeNoMoreTablesThanWhatIsOpenNeeds()
    {
        DmaFence fence = DmaFence.TryMake(_memory, 3, 7, _ => _unit)!;
        fence.TryAttach(_device);
        for (ulong part = 0; part < 2000; part++)
        {
            ulong page = part << 21;
            Assert.True(fence.TryOpen(page, 1, Everything));
            Assert.True(_simulated.Access(Source, page, writes: true));
            fence.Close(page, 1);
            fence.Settle();
            Assert.False(_simulated.Access(Source, page, writes: true));
            _unit.TryTakeFault(out _);
        }

        Assert.True(fence.TablePages < 70, $"{fence.TablePages} pages");
    }

    // Between its first page and the last that there is no table for, a device finds what is freed then.
    [Fact]
    public void KeepNothingOpenOfWhatWasNotOpenedAltogether()
    {
        DmaFence fence = Make();
        fence.TryAttach(_device);
        _memory.Limit = _memory.Count + 2;
        bool wasFound = false;
        _memory.Taking = () => wasFound |= _simulated.Access(Source, 0x1F_F000, writes: true);
        Assert.False(fence.TryOpen(0x1F_F000, 2, Everything));
        Assert.True(wasFound);
        Assert.False(_simulated.Access(Source, 0x1F_F000, writes: true));
    }

    // A thread that was about to end requests of the domain comes late.
    [Fact]
    public void AreNotLookedAtOnceTheyAreFreed()
    {
        DmaFence fence = DmaFence.TryMake(_memory, 3, 7, _ => _unit)!;
        fence.TryAttach(_device);
        for (ulong part = 0; part < 100; part++)
        {
            fence.TryOpen(part << 21, 1, Everything);
            fence.Close(part << 21, 1);
        }

        Assert.True(fence.TryDetach(_device));
        fence.Free();
        int freed = _memory.Returned.Count;
        fence.Settle();
        fence.Close(0x5000, 1);
        fence.Settle();
        fence.Free();
        Assert.False(fence.TryOpen(0x5000, 1, Everything));
        Assert.False(fence.TryAttach(_device));
        Assert.Equal(DeviceAccess.None, fence.Look(0x5000));
        Assert.Equal(freed, _memory.Returned.Count);
    }

    // To be refused a device costs a domain none of those that it has.
    [Fact]
    public void AreWholeThoughThereWasNoMemoryForAContext()
    {
        DmaFence fence = Make();
        _memory.Limit = _memory.Count;
        Assert.False(fence.TryAttach(_device));
        Assert.False(fence.IsBroken);
        _memory.Limit = int.MaxValue;
        Assert.True(fence.TryAttach(_device));
    }

    // The firmware has used some devices, and left them the bus.
    [Fact]
    public void BeginWithADeviceThatHasNotTheBus()
    {
        DmaFence fence = Make();
        _device.SetBusMaster(true);
        Assert.True(fence.TryAttach(_device));
        Assert.Equal((PciCommand)0, _device.Command & PciCommand.BusMaster);
    }

    [Fact]
    public void OpenAlsoWhatAUnitRemembersAsAbsent()
    {
        _simulated.Capability |= 1 << 7;
        RemappingUnit unit = new(_simulated, _memory, polls: 16);
        Assert.True(unit.TryEnable(0x70));
        DmaFence fence = DmaFence.TryMake(_memory, 3, 7, _ => unit)!;

        // The bus has a context table from here on, in which the device is not found, and that is remembered.
        Assert.True(unit.TryAttach(new PciAddress(0, 4, 0), 0, 9));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(fence.TryAttach(_device));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(fence.TryOpen(0x5000, 1, Everything));
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
    }

    [Fact]
    public void LetEverythingThroughWhileTheDomainRunsWithoutProtection()
    {
        _simulated.ExtendedCapability |= 1 << 6;
        RemappingUnit unit = new(_simulated, _memory, polls: 16);
        Assert.True(unit.TryEnable(0x70));
        DmaFence fence = DmaFence.TryMake(_memory, 3, 7, _ => unit)!;
        fence.TryAttach(_device);
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        fence.SetOpen(true);
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(unit.IsPast(_device.Address));
        Assert.True(fence.TryOpen(0x6000, 1, Everything));
        fence.SetOpen(false);
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(_simulated.Access(Source, 0x6000, writes: true));
        Assert.True(fence.TryDetach(_device));
        Assert.False(_simulated.Access(Source, 0x6000, writes: true));
    }

    // Its unit cannot: it goes on keeping the device from memory.
    [Fact]
    public void StandWhereAUnitLetsNobodyPast()
    {
        DmaFence fence = Make();
        fence.SetOpen(true);
        Assert.True(fence.TryAttach(_device));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
    }

    [Fact]
    public void TakeTheBusWhereAUnitDoesNotAnswer()
    {
        DmaFence fence = Make();
        fence.TryAttach(_device);
        ClaimedDevice claimed = new(_device, 1, fence);
        Assert.True(claimed.TrySetBusMaster(true));
        fence.TryOpen(0x5000, 1, Everything);
        _simulated.IsStuck = true;
        fence.Close(0x5000, 1);
        fence.Settle();
        Assert.True(fence.IsBroken);
        Assert.Equal((PciCommand)0, _device.Command & PciCommand.BusMaster);
        Assert.False(claimed.TrySetBusMaster(true));
        int before = _memory.Count;
        fence.Free();
        Assert.Equal(before, _memory.Count);
    }

    private DmaFence Make() => DmaFence.TryMake(new ChargedTables(_memory, _account), 3, 7, _ => _unit)!;
}
