using System;
using NooksOS.Kernel.Bus.Acpi;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class InterruptTopologyParsing
{
    private static readonly byte[] s_fixed = [0, 0, 0xE0, 0xFE, 1, 0, 0, 0];
    private static readonly byte[] s_processor = [0, 8, 0, 0, 1, 0, 0, 0];
    private static readonly byte[] s_disabledProcessor = [0, 8, 1, 1, 0, 0, 0, 0];
    private static readonly byte[] s_ioApic = [1, 12, 7, 0, 0, 0, 0xC0, 0xFE, 0, 0, 0, 0];
    private static readonly byte[] s_timerOverride = [2, 10, 0, 0, 2, 0, 0, 0, 0, 0];
    private static readonly byte[] s_levelHighOverride = [2, 10, 0, 11, 11, 0, 0, 0, 0x0D, 0];

    private static byte[] Table(params byte[][] entries)
    {
        byte[] body = s_fixed;
        foreach (byte[] entry in entries)
        {
            body = [.. body, .. entry];
        }

        return FakeFirmwareMemory.Table("APIC", body);
    }

    [Fact]
    public void TheTableOfAnEmulatedPc()
    {
        InterruptTopology? topology = InterruptTopology.Read(
            Table(s_processor, s_disabledProcessor, s_ioApic, s_timerOverride, s_levelHighOverride));
        Assert.NotNull(topology);
        Assert.Equal(0xFEE0_0000u, topology.LocalApicAddress);
        Assert.Equal(1, topology.ProcessorCount);
        Assert.Equal([new IoApicDescription(7, 0xFEC0_0000, 0)], topology.IoApics);
        Assert.Equal(new InterruptRoute(2, false, false), topology.RouteLegacy(0));
        Assert.Equal(new InterruptRoute(4, false, false), topology.RouteLegacy(4));
        Assert.Equal(new InterruptRoute(11, true, false), topology.RoutePci(11));
        Assert.Equal(new InterruptRoute(10, true, true), topology.RoutePci(10));
    }

    [Fact]
    public void TheWideLocalApicAddressWins()
    {
        byte[] wide = [5, 12, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0];
        Assert.Equal(0x1_0000_0000u, InterruptTopology.Read(Table(s_ioApic, wide))!.LocalApicAddress);
    }

    [Fact]
    public void ATableWithoutIoApicIsUseless() => Assert.Null(InterruptTopology.Read(Table(s_processor)));

    [Theory]
    [InlineData((byte)0)]
    [InlineData((byte)1)]
    [InlineData((byte)200)]
    public void AnEntryWithAnImpossibleLengthEndsTheList(byte length)
    {
        byte[] bad = [2, length, 0, 0, 0];
        InterruptTopology? topology = InterruptTopology.Read(Table(s_ioApic, bad, s_timerOverride));
        Assert.NotNull(topology);
        Assert.Equal(0u, topology.RouteLegacy(0).Line);
    }

    [Fact]
    public void AnyCutIsHarmless()
    {
        byte[] table = Table(s_processor, s_ioApic, s_timerOverride, s_levelHighOverride);
        for (int length = 0; length < table.Length; length++)
        {
            InterruptTopology? topology = InterruptTopology.Read(table.AsSpan(0, length));
            Assert.True(topology == null || topology.IoApics.Count == 1);
        }
    }

    [Fact]
    public void RoutesOutsideTheOldLinesPassThrough()
    {
        InterruptTopology topology = InterruptTopology.CreateDefault();
        Assert.Equal(20u, topology.RoutePci(20).Line);
        Assert.Equal(255u, topology.RoutePci(255).Line);
    }
}
