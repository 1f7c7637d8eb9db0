using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;
using NooksOS.Kernel.Memory;
using Xunit;

namespace NooksOS.Tests.Units.Kernel.Memory;

public sealed class BootInformationParsing
{
    private static BootInformation Parse(byte[] bytes)
    {
        Assert.True(BootInformation.TryParse(bytes, out BootInformation information));
        return information;
    }

    [Fact]
    public void TextsEndAtTheirZero()
    {
        BootInformation information = Parse(new BootInformationBuilder().CommandLine("protection=ring3").Tag(2, "GRUB 2\0x"u8.ToArray()).Build());
        Assert.Equal("protection=ring3", Encoding.UTF8.GetString(information.CommandLine));
        Assert.Equal("GRUB 2", Encoding.UTF8.GetString(information.BootLoaderName));
    }

    [Fact]
    public void MissingTagsAreEmpty()
    {
        BootInformation information = Parse(new BootInformationBuilder().Build());
        Assert.True(information.CommandLine.IsEmpty);
        Assert.True(information.AcpiRootPointer.IsEmpty);
        Assert.False(information.MemoryMap.MoveNext());
        Assert.False(information.Modules.MoveNext());
        Assert.False(information.TryGetFramebuffer(out _));
    }

    [Theory]
    [InlineData(24u)]
    [InlineData(40u)]
    public void MemoryMapUsesTheStatedEntrySize(uint entryBytes)
    {
        BootInformation information = Parse(new BootInformationBuilder()
            .MemoryMap(entryBytes, (0, 0x9FC00, 1), (0xF0000, 0x10000, 2), (0x1_0000_0000, 0x4000_0000, 1)).Build());
        List<MemoryRegion> regions = [];
        foreach (MemoryRegion region in information.MemoryMap)
        {
            regions.Add(region);
        }

        Assert.Equal(
            [
                new MemoryRegion(new PhysicalRange(0, 0x9FC00), MemoryRegionKind.Available),
                new MemoryRegion(new PhysicalRange(0xF0000, 0x100000), MemoryRegionKind.Reserved),
                new MemoryRegion(new PhysicalRange(0x1_0000_0000, 0x1_4000_0000), MemoryRegionKind.Available),
            ],
            regions);
    }

    [Fact]
    public void EmptyAndWrappingRegionsAreLeftOut()
    {
        BootInformation information = Parse(new BootInformationBuilder()
            .MemoryMap(24, (0x1000, 0, 1), (ulong.MaxValue - 10, 100, 1), (0x2000, 0x1000, 1)).Build());
        BootInformation.MemoryMapEnumerator map = information.MemoryMap;
        Assert.True(map.MoveNext());
        Assert.Equal(0x2000u, map.Current.Range.Start);
        Assert.False(map.MoveNext());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(0xFFFF_FFE8u)]
    public void AnImpossibleEntrySizeGivesNoRegions(uint entryBytes)
    {
        byte[] content = [.. BootInformationBuilder.Words(entryBytes, 0), .. new byte[48]];
        Assert.False(Parse(new BootInformationBuilder().Tag(6, content).Build()).MemoryMap.MoveNext());
    }

    [Fact]
    public void ModulesAreNamedByTheirFirstWord()
    {
        BootInformation information = Parse(new BootInformationBuilder()
            .Module(0x10_0000, 0x10_0123, "e1000.nx quota=4").CommandLine("x").Module(9, 3, "inverted").Module(0x20_0000, 0x20_0000, "empty").Build());
        List<string> names = [];
        foreach (BootModule module in information.Modules)
        {
            names.Add($"{Encoding.UTF8.GetString(module.Name)} {module.Range.LengthBytes:x}");
        }

        Assert.Equal(["e1000.nx 123", "empty 0"], names);
    }

    [Fact]
    public void TheNewerAcpiRootPointerWins()
    {
        BootInformation information = Parse(new BootInformationBuilder().Tag(14, 1).Tag(15, 2).Build());
        Assert.Equal(2, information.AcpiRootPointer[0]);
        Assert.Equal(1, Parse(new BootInformationBuilder().Tag(14, 1).Build()).AcpiRootPointer[0]);
    }

    [Fact]
    public void FramebufferOfDirectColor()
    {
        byte[] content = new byte[30];
        BinaryPrimitives.WriteUInt64LittleEndian(content, 0xFD00_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(8), 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(12), 1024);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(16), 768);
        content[20] = 32;
        content[21] = 1;
        content[24] = 16;
        content[26] = 8;
        Assert.True(Parse(new BootInformationBuilder().Tag(8, content).Build()).TryGetFramebuffer(out FramebufferDescription framebuffer));
        Assert.Equal(new FramebufferDescription(0xFD00_0000, 4096, 1024, 768, 32, FramebufferKind.DirectColor, 16, 8, 0), framebuffer);
    }

    [Fact]
    public void TruncationAtEveryByteIsRefusedOrHarmless()
    {
        byte[] whole = new BootInformationBuilder()
            .CommandLine("a b c").Module(1, 2, "m").MemoryMap(24, (0, 0x1000, 1)).Tag(8, new byte[30]).Tag(15, new byte[36]).Build();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(BootInformation.TryParse(whole.AsSpan(0, length), out _));

            // The same cut, but with a size that agrees with it.
            byte[] cut = whole.AsSpan(0, length).ToArray();
            if (length >= 4)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(cut, (uint)length);
            }

            if (BootInformation.TryParse(cut, out BootInformation information))
            {
                _ = information.TryGetFramebuffer(out _);
                _ = information.CommandLine.Length;
                foreach (MemoryRegion region in information.MemoryMap)
                {
                    Assert.NotEqual(0u, region.Range.LengthBytes);
                }

                foreach (BootModule module in information.Modules)
                {
                    Assert.Equal(1u, module.Range.LengthBytes);
                }
            }
        }
    }

    [Fact]
    public void RandomBytesAreHarmless()
    {
        Random random = new(1);
        byte[] bytes = new byte[256];
        for (int round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)bytes.Length);
            for (int position = 8; position + 8 <= bytes.Length; position += random.Next(8, 64) & ~7)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position), (uint)random.Next(1, 16));
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position + 4), (uint)random.Next(0, 80));
            }

            BootInformation information = Parse(bytes);
            _ = information.TryGetFramebuffer(out _);
            BootInformation.MemoryMapEnumerator map = information.MemoryMap;
            while (map.MoveNext())
            {
            }

            BootInformation.ModuleEnumerator modules = information.Modules;
            while (modules.MoveNext())
            {
            }
        }
    }
}
