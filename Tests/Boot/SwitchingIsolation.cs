using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

[Collection(SharedMachineTests.Name)]
public sealed class SwitchingIsolation(SharedMachine shared)
{
    [Theory]
    [InlineData(Protection.Ring3, "ring3")]
    [InlineData(Protection.PageTable, "pagetable")]
    [InlineData(Protection.Pks, "pks")]
    public Task ARunningExtensionIsTakenOutOfItsDomainAndPutBack(Protection protection, string mode)
        => BootTest.RunAsync(new BootOptions { Protection = protection }, async machine =>
        {
            foreach (string extension in new[] { "e1000", "tcpip" })
            {
                await machine.RunAsync($"isolate {extension} direct");
                Assert.Equal("direct", (await machine.DomainAsync(extension)).Mode);
                await machine.RunAsync($"isolate {extension} domain");
                Assert.Equal(mode, (await machine.DomainAsync(extension)).Mode);
                await machine.CrashAsync(extension, "wild-write");
                Assert.Equal(mode, (await machine.DomainAsync(extension)).Mode);
            }
        });

    [Fact]
    public Task WhatWasStartedWithoutADomainCanBeGivenOne()
        => BootTest.RunAsync(new BootOptions { Isolation = IsolationMode.Direct }, async machine =>
        {
            Assert.Equal("direct", (await machine.DomainAsync("e1000")).Mode);
            await machine.RunAsync("isolate e1000 domain");
            Assert.Equal("ring3", (await machine.DomainAsync("e1000")).Mode);
            await machine.CrashAsync("e1000", "wild-write");
            Assert.Equal("ring3", (await machine.DomainAsync("e1000")).Mode);
        });

    [Fact]
    public Task ImpossibleWishesAreRefused() => shared.RunAsync(async machine =>
    {
        Assert.Contains("process", (await machine.TryAsync("isolate agent direct")).Output);
        Assert.Contains("e1000", (await machine.TryAsync("isolate e100 direct")).Output);
        Assert.Contains("direct", (await machine.TryAsync("isolate e1000 ring0")).Output);
    });
}
