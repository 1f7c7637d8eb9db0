using System.Runtime.CompilerServices;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus.Remapping;

/// <summary>Layouts against the Intel VT-d specification, and the tree of second-level tables.</summary>
public sealed class TablesOfDevices
{
    private const DeviceAccess Everything = DeviceAccess.Read | DeviceAccess.Write;

    [Fact]
    public void SizesAreThoseOfTheSpecification()
    {
        Assert.Equal(16, Unsafe.SizeOf<RootEntry>());
        Assert.Equal(16, Unsafe.SizeOf<ContextEntry>());
        Assert.Equal(8, Unsafe.SizeOf<SecondLevelEntry>());
        Assert.Equal(16, Unsafe.SizeOf<InvalidationDescriptor>());
        Assert.Equal(16, Unsafe.SizeOf<DmaFaultRecord>());
    }

    [Fact]
    public void FieldsAreWhereTheSpecificationHasThem()
    {
        Assert.Equal(new RootEntry(0x1234_5001, 0), RootEntry.To(0x1234_5000));
        Assert.Equal(new ContextEntry(0x1234_5001, 0x0701), ContextEntry.To(0x1234_5000, 3, 7));
        Assert.Equal(new ContextEntry(0x9, 0x0701), ContextEntry.ToEverything(3, 7));
        Assert.Equal(0x0010_0000_1234_5002ul, SecondLevelEntry.Make(0x1234_5000, DeviceAccess.Write, 1).Value);
        Assert.Equal(new InvalidationDescriptor(0x11, 0), InvalidationDescriptor.AllContexts);
        Assert.Equal(new InvalidationDescriptor(0x12, 0), InvalidationDescriptor.AllTranslations);
        Assert.Equal(new InvalidationDescriptor(0x0000_0010_0007_0031, 0), InvalidationDescriptor.ContextOf(7, 0x10));
        Assert.Equal(
            new InvalidationDescriptor(0x0000_0000_0007_00E2, 0), InvalidationDescriptor.TranslationsOf(7, new RemappingCapabilities(3UL << 54, 0)));
        Assert.Equal(new InvalidationDescriptor(0x0000_0009_0000_0025, 0x5000), InvalidationDescriptor.WriteWhenDone(0x5000, 9));
    }

    [Fact]
    public void TheRecordThatQemuMade()
    {
        DmaFaultRecord record = new(0x13_C000, 0xC000_0001_0000_0028);
        Assert.True(record.IsValid && record.IsRead);
        Assert.Equal((1, new PciAddress(0, 5, 0), 0x13_C000ul), (record.Reason, record.SourceAddress, record.PageAddress));
    }

    [Fact]
    public void TheCapabilitiesOfQemu()
    {
        RemappingCapabilities can = new(0x00D2_008C_2226_0206, 0xF0_0F4A);
        Assert.Equal((65536, 39, 3, 1, 0x220u), (can.DomainCount, can.AddressBits, can.Levels, can.FaultRecordCount, can.FaultRecordOffset));
        Assert.True(can is { HasQueuedInvalidation: true, DrainsReads: true, DrainsWrites: true });
        Assert.False(can.IsCoherent || can.CachesAbsence || can.NeedsBufferFlush || can.HasProtectedMemory);
    }

    [Fact]
    public void WhatIsOpenedIsThereAndNothingBesides()
    {
        SecondLevelTable table = SecondLevelTable.TryMake(new FakeTables(), 3)!;
        Assert.True(table.TryOpen(0x1F_F000, 2, DeviceAccess.Write));
        Assert.Equal(DeviceAccess.None, table.Look(0x1F_E000));
        Assert.Equal(DeviceAccess.Write, table.Look(0x1F_F000));
        Assert.Equal(DeviceAccess.Write, table.Look(0x20_0000));
        Assert.Equal(DeviceAccess.None, table.Look(0x20_1000));
        table.Close(0x1F_F000, 2);
        Assert.Equal(DeviceAccess.None, table.Look(0x1F_F000));
    }

    [Fact]
    public void APageStaysOpenAsOftenAsItWasOpened()
    {
        SecondLevelTable table = SecondLevelTable.TryMake(new FakeTables(), 3)!;
        Assert.True(table.TryOpen(0x5000, 1, DeviceAccess.Read));
        Assert.True(table.TryOpen(0x5000, 1, DeviceAccess.Write));
        table.Close(0x5000, 1);
        Assert.Equal(Everything, table.Look(0x5000));
        table.Close(0x5000, 1);
        Assert.Equal(DeviceAccess.None, table.Look(0x5000));
        table.Close(0x5000, 1);
        Assert.True(table.TryOpen(0x5000, 1, DeviceAccess.Read));
        Assert.Equal(DeviceAccess.Read, table.Look(0x5000));
    }

    [Fact]
    public void NoAddressIsTakenForAnother()
    {
        SecondLevelTable table = SecondLevelTable.TryMake(new FakeTables(), 3)!;
        Assert.False(table.TryOpen(1UL << 39, 1, Everything));
        Assert.True(table.TryOpen(0, 1, Everything));
        Assert.Equal(DeviceAccess.None, table.Look(1UL << 39));
    }

    [Fact]
    public void MemoryThatRunsOutOpensNothing()
    {
        FakeTables memory = new(3);
        SecondLevelTable table = SecondLevelTable.TryMake(memory, 3)!;
        Assert.False(table.TryOpen(0x1F_F000, 2, Everything));
        Assert.Equal(DeviceAccess.None, table.Look(0x1F_F000));
        memory.Limit = 4;
        Assert.True(table.TryOpen(0x1F_F000, 2, Everything));
        memory.Limit = 0;
        Assert.Null(SecondLevelTable.TryMake(memory, 3));
    }

    [Fact]
    public void TablesThatLeadNowhereAreFreedWhenNobodyRemembersThem()
    {
        FakeTables memory = new();
        SecondLevelTable table = SecondLevelTable.TryMake(memory, 3)!;
        Assert.True(table.TryOpen(0x1000, 1, Everything));
        Assert.True(table.TryOpen(0x4000_0000, 1, Everything));
        Assert.Equal(5, table.PageCount);
        table.Close(0x4000_0000, 1);
        bool wasAsked = false;
        Assert.True(table.Prune(() =>
        {
            wasAsked = true;
            return memory.Returned.Count == 0;
        }));
        Assert.True(wasAsked);
        Assert.Equal(3, table.PageCount);
        Assert.Equal(3, memory.Count);
        Assert.Equal(Everything, table.Look(0x1000));
        Assert.True(table.TryOpen(0x4000_0000, 1, DeviceAccess.Read));
        Assert.Equal(DeviceAccess.Read, table.Look(0x4000_0000));
    }

    [Fact]
    public void TablesThatSomebodyMayRememberAreNotFreed()
    {
        FakeTables memory = new();
        SecondLevelTable table = SecondLevelTable.TryMake(memory, 3)!;
        table.TryOpen(0x1000, 1, Everything);
        table.Close(0x1000, 1);
        Assert.False(table.Prune(() => false));
        Assert.Empty(memory.Returned);
    }

    [Fact]
    public void AllOfThemAreFreedInTheEnd()
    {
        FakeTables memory = new();
        SecondLevelTable table = SecondLevelTable.TryMake(memory, 3)!;
        table.TryOpen(0x1000, 1, Everything);
        table.TryOpen(0x7F_FFFF_F000, 1, Everything);
        table.Free();
        Assert.Equal(0, memory.Count);
    }
}
