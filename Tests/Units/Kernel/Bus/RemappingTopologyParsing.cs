using System;
using System.Linq;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Tests.Units.Fuzzing;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class RemappingTopologyParsing
{
    // Address width less one, flags, ten reserved bytes.
    private static readonly byte[] s_fixed = [38, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly byte[] s_ioApicScope = [3, 8, 0, 0, 0, 0xFF, 0, 0];
    private static readonly byte[] s_unit = [0, 0, 24, 0, 1, 0, 0, 0, 0, 0, 0xD9, 0xFE, 0, 0, 0, 0, .. s_ioApicScope];
    private static readonly byte[] s_graphicsUnit = [0, 0, 24, 0, 0, 0, 0, 0, 0, 0x10, 0xD9, 0xFE, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0, 2, 0];
    private static readonly byte[] s_reserved = [1, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0x10, 0, 0, 0, 0];

    private static byte[] Table(params byte[][] structures)
        => FakeFirmwareMemory.Table("DMAR", [.. s_fixed, .. structures.SelectMany(structure => structure)]);

    [Fact]
    public void TheTableOfAnEmulatedPc()
    {
        RemappingTopology? topology = RemappingTopology.Read(Table(s_unit));
        Assert.NotNull(topology);
        Assert.Equal(39, topology.AddressBits);
        RemappingUnitDescription unit = Assert.Single(topology.Units);
        Assert.Equal((0xFED9_0000ul, (ushort)0, true), (unit.RegisterAddress, unit.Segment, unit.IncludesAll));
        DeviceScope scope = Assert.Single(unit.Scopes);
        Assert.Equal((3, 0xFF), (scope.Kind, scope.StartBus));
        Assert.Equal([((byte)0, (byte)0)], scope.Path);
    }

    [Fact]
    public void SeveralUnitsAndWhatTheFirmwareReserves()
    {
        RemappingTopology topology = RemappingTopology.Read(Table(s_graphicsUnit, s_reserved, s_unit))!;
        Assert.Equal([false, true], topology.Units.Select(unit => unit.IncludesAll));
        Assert.Equal(DeviceScope.Endpoint, topology.Units[0].Scopes[0].Kind);
        Assert.Equal([((byte)2, (byte)0)], topology.Units[0].Scopes[0].Path);
        Assert.Equal(1, topology.ReservedRangeCount);
    }

    [Fact]
    public void ATableWithoutAUnitIsUseless() => Assert.Null(RemappingTopology.Read(Table(s_reserved)));

    [Fact]
    public void RegistersThatBeginNoPageAreNone()
    {
        byte[] crooked = [.. s_unit];
        crooked[8] = 8;
        Assert.Null(RemappingTopology.Read(Table(crooked)));
    }

    [Theory]
    [InlineData((byte)0)]
    [InlineData((byte)3)]
    [InlineData((byte)200)]
    public void AStructureWithAnImpossibleLengthEndsTheList(byte lengthBytes)
    {
        byte[] bad = [0, 0, lengthBytes, 0, 0, 0];
        Assert.Single(RemappingTopology.Read(Table(s_unit, bad, s_graphicsUnit))!.Units);
    }

    [Theory]
    [InlineData((byte)0)]
    [InlineData((byte)5)]
    [InlineData((byte)9)]
    public void AScopeWithAnImpossibleLengthIsNone(byte lengthBytes)
    {
        byte[] unit = [.. s_unit];
        unit[17] = lengthBytes;
        Assert.Empty(RemappingTopology.Read(Table(unit))!.Units[0].Scopes);
    }

    [Fact]
    public void AnyCutIsHarmless()
    {
        byte[] table = Table(s_graphicsUnit, s_unit);
        for (int length = 0; length < table.Length; length++)
        {
            RemappingTopology? topology = RemappingTopology.Read(table.AsSpan(0, length));
            Assert.True(topology == null || topology.Units.Count == 1);
        }
    }

    [Fact]
    public void NothingThrowsWhateverTheFirmwareSays()
    {
        CountingContext counting = new(typeof(RemappingTopology).Assembly);
        Action<byte[]> target = counting.Bind<Action<byte[]>>(typeof(RemappingTopologyParsing).FullName!, nameof(Use));
        Fuzzer fuzzer = new(
            31, [Table(s_unit), Table(s_graphicsUnit, s_reserved, s_unit)], [s_unit, s_reserved, s_ioApicScope, [0], [1], [0xFF]], counting.Hits, 512);
        fuzzer.Run(target, 20_000);
        Assert.True(fuzzer.BlocksReached > 15, $"{fuzzer.BlocksReached} blocks");
    }

    internal static void Use(byte[] table)
    {
        RemappingTopology? topology = RemappingTopology.Read(table);
        if (topology is not null && topology.Units.Any(unit => unit.RegisterAddress % 4096 != 0 || unit.Scopes.Any(scope => scope.Path.Count == 0)))
        {
            throw new InvalidOperationException("believed what cannot be");
        }
    }
}
