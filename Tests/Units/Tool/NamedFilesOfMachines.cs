using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using NooksOS.Tool;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

/// <summary>A file that a machine is to be given, or is to write, is looked at before anything is built or started.</summary>
public sealed class NamedFilesOfMachines : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--file {0}/none", "--file: there is no file '{0}/none'")]
    [InlineData("--file {0}", "--file: '{0}' is a folder")]
    [InlineData("--file ''", "--file: there is no file ''")]
    [InlineData("--image {0}/none.nx", "--image: there is no file '{0}/none.nx'")]
    [InlineData("--image ''", "--image: there is no file ''")]
    [InlineData("--image {0}/small", "--image takes a file NAME.nx, not '{0}/small'")]
    [InlineData("--disk {0}/none", "--disk: there is no file '{0}/none'")]
    [InlineData("--disk ''", "--disk: there is no file ''")]
    [InlineData("--disk {0}", "--disk: '{0}' is a folder")]
    [InlineData("--disk {0}/small,{0}/small", "--disk: '{0}/small' is attached twice")]
    [InlineData("--disk blkdebug:{0}/small", "--disk: 'blkdebug:{0}/small' is not blkdebug:RULES:FILE")]
    [InlineData("--disk blkdebug:{0}/none:{0}/small", "--disk: there is no file '{0}/none'")]
    [InlineData("--file {0}/small --file {0}/deeper/small", "--file: 'small' is the name of two files")]
    [InlineData("--file {0}/a-name-with-more-bytes-than-qemu-can-take", "--file: the name of '{0}/a-name-with-more-bytes-than-qemu-can-take' must have from 1 to 35 bytes")]
    [InlineData("--file {0}/large", "--file: '{0}/large' is larger than 64 MB, which is too large to hand over; put it on a disk")]
    [InlineData("--sound sb16 --sound-file {0}/none/heard.wav", "--sound-file: there is no folder for '{0}/none/heard.wav'")]
    [InlineData("--sound sb16 --sound-file ''", "--sound-file takes a name, not ''")]
    [InlineData("--capture ''", "--capture takes a name, not ''")]
    [InlineData("--capture {0}", "--capture takes a file, and '{0}' is a folder")]
    [InlineData("--forward 8080:80 --forward tcp:8080:81", "--forward: port 8080 of the host can lead to one port of the guest")]
    [InlineData("--memory 1", "--memory takes a number from 32 to 65536, not '1'")]
    [InlineData("--memory 10000000", "--memory takes a number from 32 to 65536, not '10000000'")]
    public void AMistakeIsOneLineInEachCommandThatBoots(string line, string message)
    {
        MakeFiles();
        string[] words = Words(line);
        string[][] commands = [["run"], ["exec", "help"], ["debug"], ["demo", "echo"], ["demo", "files"], ["bench", "disk"], ["bench", "network"]];
        foreach (string[] command in commands)
        {
            ParseResult result = Parse([.. command, .. words]);
            Assert.NotEmpty(result.Errors);
            Assert.StartsWith(InFolder(message) + "; './nooks ", CommandLineErrors.Describe(result), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--disk {0}/small --disk {0}/2 --disk {0}/3 --disk {0}/4 --disk {0}/5 --disk {0}/6", "--disk: the machine has room for 5 disks there, not for 6")]
    [InlineData("--sound-file {0}/heard.wav", "--sound-file needs a sound card: --sound ES1370 or sb16")]
    [InlineData("--nic none --forward 8080:80", "--forward needs a network card, and --nic none leaves the machine without one")]
    [InlineData("--accel kvm --count-instructions", "--count-instructions is something that only the emulator does: leave --accel away")]
    [InlineData(
        "--disk-bus virtio --disk {0}/2 --disk {0}/3 --disk {0}/4 --disk {0}/5 --disk {0}/6",
        "--disk: the machine has room for 4 disks there, not for 5")]
    [InlineData("--firmware uefi --memory 95", "--firmware uefi needs --memory 96 at least")]
    [InlineData("--nic none --loss 1", "--loss needs a network card, and --nic none leaves the machine without one")]
    public void WhatContradictsItselfIsRefused(string line, string message)
    {
        MakeFiles();
        BootOptionSet options = new(timeoutSeconds: 0);
        Command command = new("exec");
        options.AddTo(command);
        ParseResult result = command.Parse(Words(line));
        Assert.Empty(result.Errors);
        Assert.Equal(message, Assert.Throws<HostException>(() => options.Read(result)).Message);
    }

    [Theory]
    [InlineData("iso --out {0}/none/copy.iso", "--out: there is no folder for '{0}/none/copy.iso'")]
    [InlineData("iso --out ''", "--out takes a name, not ''")]
    [InlineData("report ''", "DIR takes a name, not ''")]
    [InlineData("report . --html ''", "--html takes a name, not ''")]
    [InlineData("campaign --out ''", "--out takes a name, not ''")]
    [InlineData("campaign --nic ne2000", "--nic is one of e1000, e1000-82545em, e1000e, pcnet, rtl8139, virtio-net-pci, none, not 'ne2000'")]
    [InlineData("campaign replay '' e1000/1", "DIR takes a name, not ''")]
    [InlineData("demo powercut --fat 12", "--fat is one of 16, 32, not '12'")]
    [InlineData("test a(b", "FILTER takes a part of a test's name, which has no '('")]
    public void AMistakeOfAnotherCommandIsOneLineAsWell(string line, string message)
    {
        ParseResult result = Parse(Words(line));
        Assert.NotEmpty(result.Errors);
        Assert.StartsWith(InFolder(message) + "; './nooks ", CommandLineErrors.Describe(result), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsThereIsTaken()
    {
        MakeFiles();
        ParseResult result = Parse(Words(
            "exec --disk {0}/small --disk blkdebug:{0}/2:{0}/3 --file {0}/small --sound sb16 --sound-file {0}/heard.wav --capture {0}/small help"));
        Assert.Empty(result.Errors);

        // To have looked whether a file can be written leaves nothing behind, and takes nothing away.
        Assert.False(File.Exists(Path.Combine(_folder, "heard.wav")));
        Assert.Equal("content", File.ReadAllText(Path.Combine(_folder, "small")));
    }

    [Theory]
    [InlineData("a:b.img", "{0}/a:b.img")]
    [InlineData("blkdebug:rules:b.img", "blkdebug:rules:{0}/b.img")]
    [InlineData("blkdebug::b.img", "blkdebug::{0}/b.img")]
    public void ADiskIsAFileForTheEmulatorToo(string disk, string whole)
        => Assert.Equal(whole.Replace("{0}", Environment.CurrentDirectory, StringComparison.Ordinal), DiskImage.WithWholePath(disk));

    private static ParseResult Parse(string[] words) => Program.CreateCommandLine(new SourceTree("/")).Parse(words);

    private string InFolder(string text) => text.Replace("{0}", _folder, StringComparison.Ordinal);

    private string[] Words(string line) => [.. line.Split(' ').Select(word => word == "''" ? string.Empty : InFolder(word))];

    private void MakeFiles()
    {
        foreach (string name in new[] { "small", "2", "3", "4", "5", "6", "a-name-with-more-bytes-than-qemu-can-take" })
        {
            File.WriteAllText(Path.Combine(_folder, name), "content");
        }

        Directory.CreateDirectory(Path.Combine(_folder, "deeper"));
        File.WriteAllText(Path.Combine(_folder, "deeper", "small"), "other content");
        using FileStream large = File.Create(Path.Combine(_folder, "large"));
        large.SetLength(BootOptions.MostFileBytes + 1);
    }
}
