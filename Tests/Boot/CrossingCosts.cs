using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

[Collection(SharedMachineTests.Name)]
public sealed class CrossingCosts(SharedMachine shared)
{
    private const double MaximumInstructions = 150;
    // Each part is printed with two digits.
    private const double RoundingTicks = 0.05;

    [Theory]
    [InlineData(IsolationMode.Direct, Protection.Auto, "direct")]
    [InlineData(IsolationMode.Domain, Protection.Ring3, "ring3")]
    [InlineData(IsolationMode.Domain, Protection.PageTable, "pagetable")]
    [InlineData(IsolationMode.Domain, Protection.Pks, "pks")]
    public Task ARoundTripTakesFewInstructions(IsolationMode isolation, Protection protection, string mode)
    {
        BootOptions options = new() { Isolation = isolation, Protection = protection, CountInstructions = true };
        return BootTest.RunAsync(options, async machine =>
        {
            // Counted, not timed: more round trips would tell nothing more.
            string json = await machine.RunAsync("bench xpc --iterations 1000 --json");
            XpcMeasurement measured = XpcMeasurement.Parse(json);
            Assert.Equal(mode, measured.Protection);
            Assert.InRange(measured.KernelToDomainTicks, 1, MaximumInstructions);
            Assert.InRange(measured.DomainToKernelTicks, 1, MaximumInstructions);
            Assert.InRange(measured.DirectKernelToDomainTicks, 1, measured.KernelToDomainTicks);
            Assert.Equal(measured.KernelToDomainTicks, SumOf(measured, "in:"), RoundingTicks);
            Assert.Equal(measured.DomainToKernelTicks, SumOf(measured, "out:"), RoundingTicks);
            Assert.All(measured.Parts, part => Assert.True(part.Ticks > 0, part.Name));

            using JsonDocument document = JsonDocument.Parse(json);
            Assert.Equal(1, document.RootElement.GetProperty("ticksPerInstruction").GetDouble(), 2);
        });
    }

    [Fact]
    public Task MeasuringLeavesTheExtensionAsItWas() => shared.RunAsync(async machine =>
    {
        string? before = (await machine.DomainAsync("e1000")).Mode;
        await machine.RunAsync("bench xpc --iterations 1000");
        await machine.RunAsync("bench xpc tcpip --iterations 1000");
        Assert.Equal(before, (await machine.DomainAsync("e1000")).Mode);
        Assert.Empty(await machine.FaultsAsync());
        Assert.Contains("xpc", (await machine.TryAsync("bench disk")).Output, StringComparison.Ordinal);
        Assert.False((await machine.TryAsync("bench xpc agent")).Succeeded);
    });

    private static double SumOf(XpcMeasurement measured, string direction)
        => measured.Parts.Where(part => part.Name.StartsWith(direction, StringComparison.Ordinal)).Sum(part => part.Ticks);
}
