using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NooksOS.Tests.Boot.Harness;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Boot;

public sealed class CrashRecovery
{
    private const int Rounds = 5;

    [Fact]
    public Task TheRecordOfACrashTellsWhatHappened() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        DomainInfo before = await machine.DomainAsync("e1000");
        await machine.RunAsync("crash e1000 wild-write");
        await machine.RunAsync("wait recovered e1000 2000");

        FaultRecord fault = Assert.Single(await machine.FaultsAsync());
        Assert.Equal(("e1000", before.Generation, "illegalWrite"), (fault.Extension, fault.Generation, fault.Kind));
        Assert.Equal(("restart", "recovered"), (fault.Decision, fault.Outcome));
        Assert.Equal((0, 0), (fault.ObjectsLeaked, fault.PagesLeaked));
        Assert.NotEqual(0UL, ulong.Parse(fault.Address![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Contains("Misbehavior", fault.Function);
        Assert.EndsWith(".cs", fault.File);
        Assert.True(fault.Line > 0);
        Assert.Equal(fault.Steps.Select(step => step.Milliseconds), fault.Steps.Select(step => step.Milliseconds).Order());
        Assert.Equal("ready", fault.Steps[^1].Name);

        DomainInfo after = await machine.DomainAsync("e1000");
        Assert.Equal((before.Generation + 1, before.Objects, "running"), (after.Generation, after.Objects, after.State));
        Assert.Contains(fault.Function!, await machine.RunAsync("faults"));
    });

    [Fact]
    public Task AnAgentThatDiesIsRestartedAndForgetsNothing() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        await machine.CrashAsync("agent", "wild-write");
        await machine.CrashAsync("e1000", "divide");
        Assert.Equal(["agent", "e1000"], (await machine.FaultsAsync()).Select(fault => fault.Extension));
        Assert.Equal("running", (await machine.DomainAsync("agent")).State);
    });

    [Fact]
    public Task AnInterruptLineThatIsNotLetGoIsNoticed() => BootTest.RunAsync(new BootOptions(), async machine =>
    {
        for (int round = 1; round <= 10; round++)
        {
            await machine.RunAsync("crash e1000 interrupt-storm");

            // The change of the link asserts the line; nothing else that the driver is called for lets go of it.
            await machine.SetLinkAsync(isUp: round % 2 == 0);
            await machine.RunAsync("wait recovered e1000 5000");
            IReadOnlyList<FaultRecord> faults = await machine.FaultsAsync();
            Assert.Equal((round, "interruptStorm"), (faults.Count, faults[^1].Kind));
        }
    });

    // Virtual time by executed instructions: what the host does meanwhile does not count.
    [Theory]
    [InlineData("e1000")]
    [InlineData("tcpip")]
    public Task WaitingForeverIsNoticedWithin100Milliseconds(string extension) =>
        BootTest.RunAsync(new BootOptions { CountInstructions = true }, async machine =>
        {
            string[] kinds = ["silent", "deadlock"];
            foreach (string kind in Enumerable.Repeat(kinds, Rounds).SelectMany(all => all))
            {
                await machine.CrashAsync(extension, kind);
            }

            string log = await machine.RunAsync("log");
            double[] ordered = [.. log.Split('\n').Where(line => line.Contains($"] {extension}: told to misbehave, ", StringComparison.Ordinal)).Select(SecondsOf)];
            IReadOnlyList<FaultRecord> faults = await machine.FaultsAsync();
            Assert.Equal((Rounds * kinds.Length, Rounds * kinds.Length), (ordered.Length, faults.Count));
            Assert.All(faults, (fault, round) => Assert.InRange(fault.TimeMilliseconds - (ordered[round] * 1000), 0, 100));
        });

    // A line of the log begins with "[    1.234567] ".
    private static double SecondsOf(string line) =>
        double.Parse(line[1..line.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
}
