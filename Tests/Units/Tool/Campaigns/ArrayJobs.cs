using System;
using System.Diagnostics;
using System.IO;
using NooksOS.Tests.Units.Architecture;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

/// <summary><c>contrib/slurm/campaign.sbatch</c>: which shard a task of an array job runs. (<c>contrib/slurm/loopback</c> tries it with a real Slurm.)</summary>
public sealed class ArrayJobs : IDisposable
{
    private readonly DirectoryInfo _tree = Directory.CreateTempSubdirectory("nooks-array-job-");

    public ArrayJobs()
    {
        // In the place of the tool: says what it was asked for.
        File.CreateSymbolicLink(Path.Combine(_tree.FullName, "nooks"), "/bin/echo");
    }

    public void Dispose() => _tree.Delete(recursive: true);

    [Fact]
    public void EachTaskRunsTheShardOfItsNumber()
    {
        using Process task = Submit(new Array("1", "8", "8", "3"), "2", "/shared/campaign", "--trials", "100", "--seed", "1");

        Assert.Equal(
            "campaign --shard 3/8 --jobs 2 --out /shared/campaign --trials 100 --seed 1", task.StandardOutput.ReadToEnd().TrimEnd());
        Assert.Equal(0, task.ExitCode);
    }

    [Theory]
    [InlineData("2", "8", "7")]
    [InlineData("0", "7", "8")]
    [InlineData("1", "7", "4")]
    public void APartOfAnArrayIsRefused(string first, string last, string count)
    {
        using Process task = Submit(new Array(first, last, count, last), "2", "/shared/campaign");

        Assert.Empty(task.StandardOutput.ReadToEnd());
        Assert.Contains("--array=1-N", task.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(2, task.ExitCode);
    }

    [Fact]
    public void AJobThatIsNoArrayIsRefused()
    {
        using Process task = Submit(array: null, "2", "/shared/campaign");

        Assert.Contains("--array=1-N", task.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.NotEqual(0, task.ExitCode);
    }

    [Fact]
    public void AFolderMustBeNamed()
    {
        using Process task = Submit(new Array("1", "1", "1", "1"), "1");

        Assert.Contains("FOLDER", task.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.NotEqual(0, task.ExitCode);
    }

    private Process Submit(Array? array, string processors, params string[] arguments)
    {
        string script = Path.Combine(SourceTree.Root, "contrib/slurm/campaign.sbatch");
        ProcessStartInfo start = new("bash", [script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NOOKS_TREE"] = _tree.FullName;
        start.Environment["SLURM_CPUS_PER_TASK"] = processors;
        start.Environment["SLURM_ARRAY_TASK_MIN"] = array?.First;
        start.Environment["SLURM_ARRAY_TASK_MAX"] = array?.Last;
        start.Environment["SLURM_ARRAY_TASK_COUNT"] = array?.Count;
        start.Environment["SLURM_ARRAY_TASK_ID"] = array?.Task;
        Process process = Process.Start(start)!;
        process.WaitForExit();
        return process;
    }

    // What Slurm tells a task of its array.
    private sealed record Array(string First, string Last, string Count, string Task);
}
