using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using NooksOS.Tools.Symbols;
using Xunit;

namespace NooksOS.Tests.Units.Diagnostics;

public sealed class LinePrograms
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void RowsFollowTheProgram(ushort version)
    {
        byte[] section = Unit(
            version,
            [
                0, 9, 2, 0x00, 0x10, 0, 0, 0, 0, 0, 0,  // address 0x1000
                3, 9,                                   // line + 9 = 10
                1,                                      // row
                13 + 5 + (14 * 2) + 3,                  // address + 2, line + 3, row
                4, 2,                                   // file 2
                2, 0x80, 1,                             // address + 128
                3, 0x7B,                                // line - 5
                1,                                      // row
                8,                                      // address + 17
                9, 0, 1,                                // address + 256
                1,                                      // row
                3, 0xE6, 0xDF, 0xFB, 0x07,              // line that means none
                1,                                      // row
                0, 1, 1,                                // end
            ]);

        Assert.Equal(
            [
                new LineRow(0x1000, "src/a.cs", 10),
                new LineRow(0x1002, "src/a.cs", 13),
                new LineRow(0x1082, "b.cs", 8),
                new LineRow(0x1082 + 17 + 256, "b.cs", 8),
                new LineRow(0x1082 + 17 + 256, string.Empty, 0),
                new LineRow(0x1082 + 17 + 256, string.Empty, 0),
            ],
            LineProgram.ReadAll(section));
    }

    [Fact]
    public void AUnitOfAnotherVersionIsLeftOut() => Assert.Empty(LineProgram.ReadAll(Unit(5, [1])));

    [Fact]
    public void DamageIsReportedAndNothingElse()
    {
        byte[] pristine = Unit(4, [0, 9, 2, 0, 0x10, 0, 0, 0, 0, 0, 0, 3, 9, 1, 60, 4, 2, 1, 0, 1, 1]);
        Random random = new(3);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] section = (byte[])pristine.Clone();
            section[random.Next(section.Length)] = (byte)random.Next(256);
            try
            {
                LineProgram.ReadAll(section.AsSpan(0, random.Next(4) == 0 ? random.Next(section.Length) : section.Length));
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void WhatIsNotALinkedFileIsSaidSo()
    {
        Assert.Throws<InvalidDataException>(() => SymbolFile.Create(new byte[100], "x.elf"));
        Assert.Throws<InvalidDataException>(() => SymbolFile.Create([], "x.elf"));
    }

    private static byte[] Unit(ushort version, byte[] program)
    {
        List<byte> header = [1];
        if (version >= 4)
        {
            header.Add(1);
        }

        header.AddRange([1, 0xFB, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1]);
        header.AddRange(Encoding.ASCII.GetBytes("src\0\0a.cs\0"));
        header.AddRange([1, 0, 0]);
        header.AddRange(Encoding.ASCII.GetBytes("b.cs\0"));
        header.AddRange([0, 0, 0, 0]);
        int unitBytes = 2 + 4 + header.Count + program.Length;
        return
        [
            .. BitConverter.GetBytes(unitBytes), .. BitConverter.GetBytes(version), .. BitConverter.GetBytes(header.Count), .. header, .. program,
        ];
    }
}
