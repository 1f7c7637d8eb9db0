using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Tests.Units.Loading;
using NooksOS.Tools.Symbols;
using Xunit;

namespace NooksOS.Tests.Units.Diagnostics;

public sealed class SymbolLookup
{
    private const ulong LinkBase = 0xFFFF_FFFF_8020_0000;

    [Theory]
    [InlineData(0x0ul, null)]
    [InlineData(0x10ul, "boot_start")]
    [InlineData(0x1Ful, "boot_start+0xf")]
    [InlineData(0x20ul, null)]
    [InlineData(0x40ul, "NooksOS.Demo.Run")]
    [InlineData(0x44ul, "NooksOS.Demo.Run+0x4 (Demo.cs:10)")]
    [InlineData(0x4Ful, "NooksOS.Demo.Run+0xf (Demo.cs:7)")]
    [InlineData(0x58ul, "NooksOS.Demo.Run+0x18")]
    [InlineData(0x60ul, "NooksOS.Demo.Stop")]
    [InlineData(0x68ul, "NooksOS.Demo.Stop+0x8 (Other.cs:300000)")]
    [InlineData(0x70ul, null)]
    [InlineData(0x1_0000_0044ul, null)]
    public void FindsFunctionAndLine(ulong imageOffset, string? expected)
    {
        byte[] file = new SymbolFileWriter().Write(
            LinkBase,
            [
                new FunctionSymbol(0x10, 0x10, new ManagedName(string.Empty, "boot_start")),
                new FunctionSymbol(0x40, 0x20, new ManagedName("NooksOS.Demo", "Run")),
                new FunctionSymbol(0x60, 0x10, new ManagedName("NooksOS.Demo", "Stop")),
            ],
            [(0x44, "Demo.cs", 10), (0x48, "Demo.cs", 7), (0x50, string.Empty, 0), (0x5C, "Demo.cs", 8), (0x68, "Other.cs", 300000)]);

        Assert.True(SymbolTable.TryRead(file, out SymbolTable table));
        Assert.Equal(LinkBase, table.LinkBase);
        Assert.Equal(expected is not null, table.TryFind(imageOffset, out SymbolLocation location));
        Assert.Equal(expected ?? string.Empty, Text(location));
    }

    [Fact]
    public void FindsEveryOneOfMany()
    {
        Random random = new(7);
        List<FunctionSymbol> functions = [];
        List<(uint Address, string File, uint Line)> rows = [];
        uint address = 0;
        for (int index = 0; index < 1000; index++)
        {
            address += (uint)random.Next(0, 300);
            uint lengthBytes = (uint)random.Next(1, 40000);
            functions.Add(new FunctionSymbol(address, lengthBytes, new ManagedName("T" + (index % 37), "M" + index)));
            rows.Add((address, "F" + random.Next(20), (uint)random.Next(1, 1_000_000)));
            address += lengthBytes;
        }

        byte[] file = new SymbolFileWriter().Write(0, functions, rows);

        Assert.True(SymbolTable.TryRead(file, out SymbolTable table));
        for (int index = 0; index < functions.Count; index++)
        {
            foreach (uint inside in (ReadOnlySpan<uint>)[0, functions[index].LengthBytes - 1])
            {
                Assert.True(table.TryFind(functions[index].Address + inside, out SymbolLocation location));
                Assert.Equal(inside, location.OffsetBytes);
                Assert.Equal("M" + index, Encoding.UTF8.GetString(location.MethodName));
                Assert.Equal("T" + (index % 37), Encoding.UTF8.GetString(location.TypeName));
                Assert.Equal(rows[index].File, Encoding.UTF8.GetString(location.FileName));
                Assert.Equal(rows[index].Line, location.Line);
            }
        }
    }

    [Fact]
    public void SurvivesEveryTruncationAndMutation()
    {
        byte[] pristine = new SymbolFileWriter().Write(
            0,
            [new FunctionSymbol(0x10, 0x10, new ManagedName("A", "b")), new FunctionSymbol(0x40, 0x20, new ManagedName("C", "d"))],
            [(0x10, "e.cs", 1), (0x44, "f.cs", 200)]);
        for (int length = 0; length < pristine.Length; length++)
        {
            Assert.False(SymbolTable.TryRead(pristine.AsSpan(0, length), out _));
        }

        Random random = new(11);
        byte[] file = new byte[pristine.Length];
        for (int round = 0; round < 100_000; round++)
        {
            pristine.CopyTo(file, 0);
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                file[random.Next(file.Length)] = random.Next(3) == 0 ? byte.MaxValue : (byte)random.Next(256);
            }

            if (SymbolTable.TryRead(file, out SymbolTable table))
            {
                table.TryFind((ulong)random.Next(0x80), out SymbolLocation location);
                _ = Text(location);
            }
        }
    }

    [Fact]
    public void RealImagesHaveNamesAndLines()
    {
        foreach (string path in RealImages.FindUnstripped())
        {
            byte[] file = SymbolFile.Create(File.ReadAllBytes(path), path);

            Assert.True(SymbolTable.TryRead(file, out SymbolTable table));
            int functions = 0;
            int withLine = 0;
            foreach (ElfSymbol symbol in new ElfFile(File.ReadAllBytes(path), path).CodeSymbols())
            {
                if (symbol.IsFunction && symbol.LengthBytes > 0)
                {
                    functions++;
                    Assert.True(table.TryFind(symbol.Address - table.LinkBase, out _), symbol.Name);
                    withLine += table.TryFind(symbol.Address + symbol.LengthBytes - 1 - table.LinkBase, out SymbolLocation last) && last.Line != 0 ? 1 : 0;
                }
            }

            Assert.True(withLine > functions / 2, $"{path}: {withLine} of {functions} functions have lines");
        }
    }

    private static string Text(SymbolLocation location)
    {
        Utf8Text text = new(new byte[256]);
        location.AppendTo(ref text);
        return Encoding.UTF8.GetString(text.Written);
    }
}
