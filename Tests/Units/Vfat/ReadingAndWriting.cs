using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.Vfat;

public sealed class ReadingAndWriting
{
    public static TheoryData<int, int> Kinds() => new() { { 12, 1024 }, { 16, 4096 }, { 32, 4096 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void WhatIsWrittenIsReadBack(int fatBits, int kibibytes)
    {
        FileMachine machine = new(new MemoryVolume(HostTools.Format(fatBits, kibibytes, "-s", "1")));
        byte[] content = [.. Enumerable.Range(0, 5000).Select(index => (byte)(index * 7))];
        machine.WriteFile("/Plain.txt", content);
        FileMachine.Ok(machine.Files.CreateDirectory("/A directory"));
        machine.WriteFile("/A directory/\uD83D\uDE00 Grüße.dat", content.AsSpan(0, 513));
        machine.Append("/Plain.txt", content);
        Assert.Equal([.. content, .. content], machine.ReadFile("/PLAIN.TXT"));
        Assert.Equal(content[..513], machine.ReadFile("/a directory/\uD83D\uDE00 GRÜßE.dat"));
        FileMachine.Ok(machine.Files.Synchronize());
        Assert.Empty(HostTools.Check(machine.Volume.Image));
    }
}
