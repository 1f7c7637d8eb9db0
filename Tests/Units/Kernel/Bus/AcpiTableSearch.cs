using System;
using System.Buffers.Binary;
using System.Text;
using NooksOS.Kernel.Bus.Acpi;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Bus;

public sealed class AcpiTableSearch
{
    private const ulong High = 0x1_2345_0000;

    private static byte[] RootPointer(byte revision, uint oldRoot, ulong newRoot)
    {
        byte[] pointer = new byte[36];
        Encoding.ASCII.GetBytes("RSD PTR ").CopyTo(pointer, 0);
        pointer[15] = revision;
        BinaryPrimitives.WriteUInt32LittleEndian(pointer.AsSpan(16), oldRoot);
        BinaryPrimitives.WriteUInt32LittleEndian(pointer.AsSpan(20), 36);
        BinaryPrimitives.WriteUInt64LittleEndian(pointer.AsSpan(24), newRoot);
        FakeFirmwareMemory.WithChecksum(pointer, 8, 20);
        return FakeFirmwareMemory.WithChecksum(pointer, 32, 36);
    }

    private static byte[] Pointers32(params uint[] addresses)
    {
        byte[] body = new byte[4 * addresses.Length];
        for (int index = 0; index < addresses.Length; index++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(body.AsSpan(4 * index), addresses[index]);
        }

        return body;
    }

    [Fact]
    public void OldRootTable()
    {
        FakeFirmwareMemory memory = new FakeFirmwareMemory()
            .With(0x1000, FakeFirmwareMemory.Table("RSDT", Pointers32(0x2000, 0x3000)))
            .With(0x2000, FakeFirmwareMemory.Table("FACP"))
            .With(0x3000, FakeFirmwareMemory.Table("APIC", 1, 2, 3));
        AcpiTables? tables = AcpiTables.Read(RootPointer(0, 0x1000, 0).AsSpan(0, 20), memory);
        Assert.NotNull(tables);
        Assert.True(tables.TryFind("APIC"u8, out ReadOnlySpan<byte> table));
        Assert.Equal(39, table.Length);
        Assert.False(tables.TryFind("HPET"u8, out _));
    }

    [Fact]
    public void NewRootTableIsPreferredAndReachesHighAddresses()
    {
        byte[] pointer = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(pointer, High);
        FakeFirmwareMemory memory = new FakeFirmwareMemory()
            .With(0x1000, FakeFirmwareMemory.Table("RSDT"))
            .With(0x2000, FakeFirmwareMemory.Table("XSDT", pointer))
            .With(High, FakeFirmwareMemory.Table("APIC"));
        Assert.Equal([High], AcpiTables.Read(RootPointer(2, 0x1000, 0x2000), memory)!.Addresses);
    }

    [Fact]
    public void ABrokenNewRootTableFallsBackToTheOld()
    {
        byte[] broken = FakeFirmwareMemory.Table("XSDT", new byte[8]);
        broken[40]++;
        FakeFirmwareMemory memory = new FakeFirmwareMemory()
            .With(0x1000, FakeFirmwareMemory.Table("RSDT", Pointers32(0x5000)))
            .With(0x2000, broken);
        Assert.Equal([0x5000ul], AcpiTables.Read(RootPointer(2, 0x1000, 0x2000), memory)!.Addresses);
    }

    [Fact]
    public void WrongSignatureChecksumOrLengthIsRefused()
    {
        FakeFirmwareMemory memory = new FakeFirmwareMemory().With(0x1000, FakeFirmwareMemory.Table("RSDT"));
        byte[] pointer = RootPointer(0, 0x1000, 0);
        Assert.NotNull(AcpiTables.Read(pointer, memory));
        Assert.Null(AcpiTables.Read(pointer.AsSpan(0, 19), memory));
        Assert.Null(AcpiTables.Read(default, memory));
        pointer[16]++;
        Assert.Null(AcpiTables.Read(pointer, memory));
        Assert.Null(AcpiTables.Read(RootPointer(0, 0x9000, 0), memory));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(35u)]
    [InlineData(37u)]
    [InlineData(uint.MaxValue)]
    public void ATableWithAnImpossibleLengthIsNotShown(uint lengthBytes)
    {
        byte[] table = FakeFirmwareMemory.Table("APIC");
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4), lengthBytes);
        FakeFirmwareMemory memory = new FakeFirmwareMemory()
            .With(0x1000, FakeFirmwareMemory.Table("RSDT", Pointers32(0x2000)))
            .With(0x2000, FakeFirmwareMemory.WithChecksum(table, 9, 36));
        Assert.False(AcpiTables.Read(RootPointer(0, 0x1000, 0), memory)!.TryFind("APIC"u8, out _));
    }
}
