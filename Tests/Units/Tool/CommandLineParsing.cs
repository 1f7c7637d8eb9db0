using System;
using System.CommandLine;
using NooksOS.Tool;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class CommandLineParsing
{
    [Theory]
    [InlineData("exec --protction ring3 help", "unknown option '--protction': did you mean '--protection'? './nooks exec --help' shows the usage")]
    [InlineData("exec --protection ring4 help", "--protection is one of auto, ring3, pagetable, pks, not 'ring4'; './nooks exec --help' shows the usage")]
    [InlineData("exec --nic ne2000 help", "--nic is one of e1000, e1000-82545em, e1000e, pcnet, rtl8139, virtio-net-pci, none, not 'ne2000'; './nooks exec --help' shows the usage")]
    [InlineData("exec --memory lots help", "--memory takes a number from 32 to 65536, not 'lots'; './nooks exec --help' shows the usage")]
    [InlineData("exec --forward 8080 help", "--forward takes HOST:GUEST, udp:HOST:GUEST or tcp:HOST:GUEST with ports from 1 to 65535, not '8080'; './nooks exec --help' shows the usage")]
    [InlineData("exec --loss 101 help", "--loss takes a percentage from 0 to 100, not '101'; './nooks exec --help' shows the usage")]
    [InlineData("exec --reorder -1 help", "--reorder takes a percentage from 0 to 100, not '-1'; './nooks exec --help' shows the usage")]
    [InlineData("exec --duplicate NaN help", "--duplicate takes a percentage from 0 to 100, not 'NaN'; './nooks exec --help' shows the usage")]
    [InlineData("exec --link-seed x help", "--link-seed takes a number from 0 to 2147483647, not 'x'; './nooks exec --help' shows the usage")]
    [InlineData("exec --nic ne2000 --loss 1 help", "--nic is one of e1000, e1000-82545em, e1000e, pcnet, rtl8139, virtio-net-pci, none, not 'ne2000'; './nooks exec --help' shows the usage")]
    [InlineData("exec --capture / help", "--capture takes a file, and '/' is a folder; './nooks exec --help' shows the usage")]
    [InlineData("exec --capture /no/such/link.pcap help", "--capture: there is no folder for '/no/such/link.pcap'; './nooks exec --help' shows the usage")]
    [InlineData("exce help", "unknown command 'exce': did you mean 'exec'? './nooks --help' shows the usage")]
    [InlineData("demo echo --crash-every often", "--crash-every takes a time such as 1s or 500ms, not 'often'; './nooks demo echo --help' shows the usage")]
    [InlineData("demo eco", "unknown command 'eco': did you mean 'echo'? './nooks demo --help' shows the usage")]
    public void AMistakeIsOneLineThatSaysWhatIsRight(string line, string message)
    {
        ParseResult result = Parse(line);
        Assert.NotEmpty(result.Errors);
        Assert.Equal(message, CommandLineErrors.Describe(result));
    }

    [Theory]
    [InlineData("run --firmware uefi --memory 128")]
    [InlineData("exec --isolation direct --disk /dev/null --disk /dev/zero domains")]
    [InlineData("exec --forward udp:5007:7 --forward 8080:80 --timeout 5 domains")]
    [InlineData("exec --loss 1 --reorder 0.5 --duplicate 100 --link-seed 3 --capture link.pcap domains")]
    [InlineData("run --nic none")]
    [InlineData("iso --out copy.iso")]
    [InlineData("test Units")]
    [InlineData("test")]
    [InlineData("debug --gdb")]
    [InlineData("demo echo --seconds 30 --crash-every 1s --rate 2000 --seed 7 --json")]
    [InlineData("demo flood --syns 100000 --fuzz 1000 --rate 5000 --seed 7 --json")]
    [InlineData("bench xpc --json")]
    public void WhatIsDocumentedIsAccepted(string line) => Assert.Empty(Parse(line).Errors);

    [Theory]
    [InlineData("exec", "exec", 0)]
    [InlineData("eco", "echo", 1)]
    [InlineData("rnu", "run", 2)]
    [InlineData("", "iso", 3)]
    public void DistanceCountsChanges(string first, string second, int distance) =>
        Assert.Equal(distance, CommandLineErrors.Distance(first, second));

    [Theory]
    [InlineData("1s", 1000)]
    [InlineData("250ms", 250)]
    [InlineData("2", 2000)]
    [InlineData("0.5s", 500)]
    public void DurationsHaveUnits(string text, int milliseconds)
    {
        Assert.True(Numbers.TryParseDuration(text, out TimeSpan duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1s")]
    [InlineData("s")]
    [InlineData("1h")]
    public void WhatIsNoDurationIsRefused(string text) => Assert.False(Numbers.TryParseDuration(text, out _));

    [Theory]
    [InlineData("8080:80")]
    [InlineData("udp:5007:7")]
    [InlineData("tcp:8080:80")]
    public void AForwardIsWrittenAsItIsRead(string text)
    {
        Assert.True(PortForward.TryParse(text, out PortForward? forward));
        Assert.Equal(text, forward!.ToString());
    }

    [Theory]
    [InlineData("80")]
    [InlineData("0:80")]
    [InlineData("80:65536")]
    [InlineData("sctp:1:2")]
    [InlineData("1:2:3:4")]
    public void WhatIsNoForwardIsRefused(string text) => Assert.False(PortForward.TryParse(text, out _));

    [Fact]
    public void TheReproducingCommandAsksForTheSameMachine()
    {
        BootOptions options = new()
        {
            Protection = Protection.PageTable,
            MemoryMegabytes = 128,
            Forwards = [new(ForwardedTransport.Udp, 5007, 7)],
            Link = new LinkQuality { LossPercent = 0.5, Seed = 4 },
            CaptureFile = "/link.pcap",
            KernelArguments = "a=b c=d",
        };
        Assert.Equal(
            "./nooks exec --protection pagetable --memory 128 --loss 0.5 --link-seed 4 --forward udp:5007:7 --capture /link.pcap --kernel-arguments \"a=b c=d\" \"domains --json\" \"say \\\"hi\\\"\"",
            Reproduction.Of(options, ["domains --json", "say \"hi\""]));
        Assert.Equal("./nooks exec \"help\"", Reproduction.Of(new BootOptions(), ["help"]));
    }

    private static ParseResult Parse(string line) => Program.CreateCommandLine(new SourceTree("/")).Parse(line.Split(' '));
}
