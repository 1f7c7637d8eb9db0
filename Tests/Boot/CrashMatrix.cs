using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

/// <summary>Every kind of crash, again and again in one boot, under each protection mechanism.</summary>
public sealed class CrashMatrix
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);

    [Theory]
    [InlineData(Protection.Ring3, "e1000", 100)]
    [InlineData(Protection.Ring3, "tcpip", 100)]
    [InlineData(Protection.PageTable, "e1000", 10)]
    [InlineData(Protection.PageTable, "tcpip", 10)]
    [InlineData(Protection.Pks, "e1000", 10)]
    [InlineData(Protection.Pks, "tcpip", 10)]
    public Task EveryCrashIsRecoveredAndNothingIsLost(Protection protection, string extension, int rounds)
    {
        IReadOnlyList<string> kinds = protection == Protection.Ring3 ? CrashKinds.All : CrashKinds.Contained;
        return BootTest.RunAsync(new BootOptions { Protection = protection }, async machine =>
        {
            await machine.RunAsync($"policy {extension} restart initial=0 maximum=0 faults=0");
            DomainInfo before = await machine.DomainAsync(extension);
            long pages = await machine.OtherPagesAsync();

            await CrashAllAsync(machine, extension, kinds, rounds);

            DomainInfo after = await machine.DomainAsync(extension);
            IReadOnlyList<FaultRecord> faults = await machine.FaultsAsync();
            Assert.True(after.Generation == before.Generation + (rounds * kinds.Count), Count(faults));
            Assert.Equal((before.Objects, "running"), (after.Objects, after.State));
            Assert.Equal(pages, await machine.OtherPagesAsync());
            Assert.All(faults, fault => Assert.Equal((extension, "recovered", 0, 0), (fault.Extension, fault.Outcome, fault.ObjectsLeaked, fault.PagesLeaked)));
        }, s_limit);
    }

    [Theory]
    [InlineData(Protection.PageTable)]
    [InlineData(Protection.Pks)]
    public Task AnExtensionAtKernelPrivilegeCanStillStopTheMachine(Protection protection) =>
        BootTest.RunAsync(new BootOptions { Protection = protection }, async machine =>
        {
            MachineEnd end = await machine.RunToEndAsync($"crash e1000 {CrashKinds.Privileged}", "wait recovered e1000 2000");
            Assert.Contains(end.Kind, new[] { MachineEndKind.Panic, MachineEndKind.Hang, MachineEndKind.Reset });
        });

    /// <summary>The interrupt that asks finds a domain that has the processor, and only its rights.</summary>
    [Theory]
    [InlineData(Protection.PageTable)]
    [InlineData(Protection.Pks)]
    public Task AMachineThatAnExtensionHoldsSaysWhere(Protection protection) =>
        BootTest.RunAsync(new BootOptions { Protection = protection }, async machine =>
        {
            MachineEnd end = await machine.RunToEndAsync($"crash e1000 {CrashKinds.Privileged}");
            Assert.Equal(MachineEndKind.Hang, end.Kind);
            Assert.Contains("non-maskable interrupt", end.Details, StringComparison.Ordinal);
            Assert.Contains("END OF PANIC", end.Details, StringComparison.Ordinal);
        });

    [Fact]
    public Task WithoutIsolationAWildWriteStopsTheMachine() =>
        BootTest.RunAsync(new BootOptions { Isolation = IsolationMode.Direct }, async machine =>
        {
            MachineEnd end = await machine.RunToEndAsync("crash e1000 wild-write", "wait recovered e1000 2000", "domains");
            Assert.Contains(end.Kind, new[] { MachineEndKind.Panic, MachineEndKind.Hang, MachineEndKind.Reset });
        });

    private static string Count(IEnumerable<FaultRecord> faults)
        => string.Join(", ", faults.GroupBy(fault => fault.Kind).Select(kind => $"{kind.Count()} {kind.Key}"));

    private static async Task CrashAllAsync(BootedMachine machine, string extension, IEnumerable<string> kinds, int rounds)
    {
        foreach (string kind in Enumerable.Repeat(kinds, rounds).SelectMany(all => all))
        {
            await machine.CrashAsync(extension, kind);
        }
    }
}
