using NooksOS.Tool.Benchmarks;
using NooksOS.Tool.Machines;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class KernelDocuments
{
    [Fact]
    public void FaultRecordsAreRead()
    {
        FaultRecord fault = Assert.Single(FaultRecord.ParseAll("""
            [{"id":3,"extension":"e1000","generation":2,"kind":"illegalWrite","detail":"x","address":"0xffff800000001000",
              "function":"Misbehavior.WildWrite","file":"Misbehavior.cs","line":41,"decision":"restart","outcome":"recovered",
              "objectsReleased":9,"objectsLeaked":0,"pagesLeaked":0,"recoveryMilliseconds":1.75,
              "steps":[{"name":"detected","milliseconds":0,"durationMilliseconds":0},{"name":"ready","milliseconds":1.75,"durationMilliseconds":0.5}]}]
            """));
        Assert.Equal(("e1000", 2, "illegalWrite", "recovered", 1.75), (fault.Extension, fault.Generation, fault.Kind, fault.Outcome, fault.RecoveryMilliseconds));
        Assert.Equal(("Misbehavior.WildWrite", "Misbehavior.cs", 41), (fault.Function, fault.File, fault.Line));
        Assert.Equal(new FaultStep("ready", 1.75, 0.5), fault.Steps[^1]);
    }

    [Fact]
    public void ARecordOfAnUnfinishedRecoveryHasNoTime()
    {
        FaultRecord fault = Assert.Single(FaultRecord.ParseAll("""[{"id":1,"extension":"e1000","recoveryMilliseconds":null,"line":null,"steps":[]}]"""));
        Assert.Null(fault.RecoveryMilliseconds);
    }

    [Fact]
    public void DomainsAreRead()
    {
        DomainInfo domain = Assert.Single(DomainInfo.ParseAll("""[{"extension":"tcpip","mode":"ring3","state":"running","generation":2,"faults":1,"restarts":1,"objects":4}]"""));
        Assert.Equal(("tcpip", "ring3", "running", 2, 1, 1, 4), (domain.Extension, domain.Mode, domain.State, domain.Generation, domain.Faults, domain.Restarts, domain.Objects));
    }

    [Fact]
    public void CrossingsAreComparedWithDirectCallsOfTheSameBoot()
    {
        XpcMeasurement counted = XpcMeasurement.Parse("""{"protection":"ring3","rounds":10,"kernelToDomainTicks":120.5,"domainToKernelTicks":90,"parts":[{"name":"entry","ticks":40}]}""");
        XpcMeasurement timed = XpcMeasurement.Parse("""{"kernelToDomainTicks":500,"domainToKernelTicks":300,"directKernelToDomainTicks":50,"directDomainToKernelTicks":0}""");
        XpcRow row = new("ring3", counted, timed);
        Assert.Equal((120.5, 90, 10, null), (row.KernelToDomainInstructions, row.DomainToKernelInstructions, row.KernelToDomainTimeRatio, row.DomainToKernelTimeRatio));
        Assert.Equal(new XpcPart("entry", 40), Assert.Single(row.Parts));
    }

    [Theory]
    [InlineData("boot\nPANIC: page fault\nat A\nat B\n", "PANIC: page fault\nat A\nat B")]
    [InlineData("[1.0] KERNEL PANIC\nend", "[1.0] KERNEL PANIC\nend")]
    [InlineData("all is well\n", "")]
    public void ThePanicBlockIsCutOutOfTheConsole(string log, string block) => Assert.Equal(block, MachineEnd.PanicBlock(log));
}
