using NooksOS.Tool.Building;
using NooksOS.Tool.Testing;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class BuildDecisions
{
    [Theory]
    [InlineData("Kernel/Memory/FrameAllocator.cs", true)]
    [InlineData("Cosmos.Build.targets", true)]
    [InlineData("Kernel/Boot/boot.asm", true)]
    [InlineData("README.md", false)]
    [InlineData("Tests/Boot/CrashMatrix.cs", false)]
    [InlineData("Kernel/obj/project.assets.json", false)]
    [InlineData("artifacts/nooks.iso", false)]
    public void OnlyWhatTheImageIsMadeFromCausesABuild(string path, bool isInput) => Assert.Equal(isInput, BuildInputs.IsInput(path));

    [Fact]
    public void ErrorsAreShownOnceAndWithoutTheirProjects()
    {
        const string Log = "Restoring\nA.cs(1,2): error CS0103: no such name [/p/a.csproj]\nA.cs(1,2): error CS0103: no such name [/p/b.csproj]\n";
        Assert.Equal(["A.cs(1,2): error CS0103: no such name"], BuildLog.Errors(Log));
    }

    [Fact]
    public void WithoutAnErrorLineTheEndOfTheLogIsShown() => Assert.Equal(["one", "two"], BuildLog.Errors("one\n two \n"));

    [Fact]
    public void AFullDiskIsRecognised()
    {
        Assert.True(BuildLog.SaysDiskFull("ld: final link failed: No space left on device"));
        Assert.False(BuildLog.SaysDiskFull("ld: final link failed"));
    }

    [Fact]
    public void TestResultsAreCounted()
    {
        TestResults results = TestResults.Parse("""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <Results>
                <UnitTestResult testName="A.Good" outcome="Passed" />
                <UnitTestResult testName="A.Bad" outcome="Failed">
                  <Output><ErrorInfo><Message>expected 1</Message><StackTrace>   at Assert.Equal()
               at A.Bad() in A.cs:line 3</StackTrace></ErrorInfo></Output>
                </UnitTestResult>
              </Results>
              <ResultSummary><Counters total="3" executed="2" passed="1" failed="1" /></ResultSummary>
            </TestRun>
            """);
        Assert.Equal((1, 1, 1), (results.Passed, results.Failed, results.Skipped));
        TestFailure failure = Assert.Single(results.Failures);
        Assert.Equal("A.Bad", failure.Name);
        Assert.StartsWith("expected 1\n", failure.Message);
        Assert.Contains("A.cs:line 3", failure.Message);
    }
}
