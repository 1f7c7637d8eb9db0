using System.Linq;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus.Remapping;

public sealed class UnitInForce
{
    private const byte Vector = 0x70;
    private const ushort Source = 0x10;
    private const int Polls = 16;

    private static readonly PciAddress s_device = new(0, 2, 0);

    private readonly FakeTables _memory = new();
    private readonly SimulatedUnit _simulated;
    private readonly RemappingUnit _unit;

    public UnitInForce()
    {
        _simulated = new SimulatedUnit(_memory);
        _unit = new RemappingUnit(_simulated, _memory, Polls);
    }

    [Fact]
    public void KeepsEveryDeviceFromMemory()
    {
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(_unit.TryEnable(Vector));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.False(_simulated.Access(0x100, 0x5000, writes: false));
    }

    [Fact]
    public void LetsADeviceReachWhatItsTableSaysAndOnlyThat()
    {
        SecondLevelTable table = Attach();
        table.TryOpen(0x5000, 1, DeviceAccess.Write);
        Assert.True(_simulated.Access(Source, 0x5FF8, writes: true));
        Assert.False(_simulated.Access(Source, 0x5FF8, writes: false));
        Assert.False(_simulated.Access(Source, 0x6000, writes: true));
        Assert.False(_simulated.Access(Source + 1, 0x5000, writes: true));
        Assert.True(_unit.IsAttached(s_device));
    }

    // Until it is told to forget, a unit goes on by what it remembers: to write a table is not enough.
    [Fact]
    public void ForgetsWhatWasClosedOnceItSaysSo()
    {
        SecondLevelTable table = Attach();
        table.TryOpen(0x5000, 1, DeviceAccess.Write);
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        table.Close(0x5000, 1);
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(_unit.TryForget(7));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
    }

    [Fact]
    public void KeepsADeviceFromMemoryThatWasDetached()
    {
        SecondLevelTable table = Attach();
        table.TryOpen(0x5000, 1, DeviceAccess.Write);
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        Assert.True(_unit.TryDetach(s_device, 7));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.False(_unit.IsAttached(s_device));
    }

    [Fact]
    public void AsksForMoreThanTheQueueHoldsInTurn()
    {
        Attach();
        for (int count = 0; count < 1000; count++)
        {
            Assert.True(_unit.TryForget(7));
        }

        Assert.True(_simulated.Taken.Count(type => type == 2) > 1000);
    }

    [Fact]
    public void SaysSoWhenItDoesNotAnswer()
    {
        SecondLevelTable table = Attach();
        table.TryOpen(0x5000, 1, DeviceAccess.Write);
        _simulated.IsStuck = true;
        Assert.False(_unit.TryForget(7));

        // What it has not done yet it may do at any time.
        _simulated.IsStuck = false;
        Assert.False(_unit.TryForget(7));
        Assert.False(_unit.TryDetach(s_device, 7));
    }

    [Fact]
    public void TellsOfBlockedAccesses()
    {
        Attach();
        Assert.False(_simulated.Access(Source, 0x1234_5678, writes: true));
        Assert.Equal(1, _simulated.FaultEvents);
        Assert.True(_unit.TryTakeFault(out DmaFaultRecord record));
        Assert.Equal((s_device, 0x1234_5000ul, false), (record.SourceAddress, record.PageAddress, record.IsRead));
        Assert.False(_unit.TryTakeFault(out _));
    }

    [Fact]
    public void GoesOnTellingAfterItHadNoRoom()
    {
        Attach();
        for (int count = 0; count < 5; count++)
        {
            _simulated.Access(Source, 0x5000, writes: true);
        }

        Assert.True(_unit.TryTakeFault(out _));
        Assert.False(_unit.TryTakeFault(out _));
        Assert.Equal(1ul, _unit.Overflows);
        _simulated.Access(Source, 0x6000, writes: true);
        Assert.True(_unit.TryTakeFault(out DmaFaultRecord record));
        Assert.Equal(0x6000ul, record.PageAddress);
    }

    [Fact]
    public void HearsNoMoreOfWhoIsMuted()
    {
        Assert.True(_unit.TryEnable(Vector));
        Assert.True(_unit.TryMute(s_device));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
        Assert.False(_unit.TryTakeFault(out _));
    }

    // Who looks after records does not know who claims the device just then.
    [Fact]
    public void DoesNotMuteWhoIsAttached()
    {
        SecondLevelTable table = Attach();
        table.TryOpen(0x5000, 1, DeviceAccess.Write);
        Assert.False(_unit.TryMute(s_device));
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
        _simulated.Access(Source, 0x6000, writes: true);
        Assert.True(_unit.TryTakeFault(out _));
    }

    [Fact]
    public void TakesOverWhatTheFirmwareHadItDo()
    {
        _simulated.Write32((uint)RemappingRegister.GlobalCommand, (uint)(GlobalCommand.Translation | GlobalCommand.QueuedInvalidation));
        Assert.True(_unit.TryEnable(Vector));
        Assert.Equal(GlobalCommand.Translation | GlobalCommand.QueuedInvalidation, _simulated.Status & ~GlobalCommand.SetRootTable);
        _unit.Disable();
        Assert.True(_simulated.Access(Source, 0x5000, writes: true));
    }

    [Fact]
    public void IsRefusedIfItCannotDoWhatIsNeeded()
    {
        Assert.Null(_unit.Complaint(128));
        SimulatedUnit few = new(_memory) { Capability = _simulated.Capability & ~7ul };
        Assert.Contains("too few domains", new RemappingUnit(few, _memory).Complaint(128), System.StringComparison.Ordinal);
        SimulatedUnit old = new(_memory) { ExtendedCapability = 0 };
        Assert.Contains("queue", new RemappingUnit(old, _memory).Complaint(128), System.StringComparison.Ordinal);
        SimulatedUnit strange = new(_memory) { Capability = _simulated.Capability & ~(0x1Ful << 8) };
        Assert.NotNull(new RemappingUnit(strange, _memory).Complaint(128));
        SimulatedUnit far = new(_memory) { Capability = _simulated.Capability | (0x3FFul << 24) };
        Assert.NotNull(new RemappingUnit(far, _memory).Complaint(128));
    }

    [Fact]
    public void DoesNotAttachWithoutMemoryForContexts()
    {
        Assert.True(_unit.TryEnable(Vector));
        SecondLevelTable table = SecondLevelTable.TryMake(_memory, 3)!;
        _memory.Limit = _memory.Count;
        Assert.False(_unit.TryAttach(s_device, table.Root, 7));
        Assert.False(_simulated.Access(Source, 0x5000, writes: true));
    }

    private SecondLevelTable Attach()
    {
        Assert.True(_unit.TryEnable(Vector));
        SecondLevelTable table = SecondLevelTable.TryMake(_memory, _unit.Capabilities.Levels)!;
        Assert.True(_unit.TryAttach(s_device, table.Root, 7));
        return table;
    }
}
