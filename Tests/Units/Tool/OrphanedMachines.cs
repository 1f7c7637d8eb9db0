using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NooksOS.Tool.Host;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

/// <summary>A tool that is killed leaves no machine running.</summary>
public sealed class OrphanedMachines
{
    [Fact]
    public void AMachineEndsWithAToolThatIsKilled()
    {
        using Process tool = ChildProcess.Start("sh", ["-c", $"{Quoted("$$")} & echo $!; wait"], folder: null, capture: true);
        int machine = int.Parse(tool.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        WaitUntil(() => CommandOf(machine) == "sleep");

        tool.Kill();

        WaitUntil(() => CommandOf(machine) != "sleep");
    }

    [Fact]
    public void AMachineThatIsStartedWhileItsToolEndsDoesNotRun()
    {
        // As if another process had been the parent.
        using Process machine = ChildProcess.Start("sh", ["-c", Quoted("0")], folder: null, capture: true);
        machine.WaitForExit();
        Assert.NotEqual(0, machine.ExitCode);
    }

    [Fact]
    public void AMachineOutlivesTheThreadThatWantedIt()
    {
        Process? started = null;
        Thread thread = new(() => started = BoundProcess.Start("cat", [], capture: true));
        thread.Start();
        thread.Join();

        using Process machine = started!;
        machine.StandardInput.WriteLine("still there");
        machine.StandardInput.Flush();
        Assert.Equal("still there", machine.StandardOutput.ReadLine());
        machine.Kill();
        machine.WaitForExit();
    }

    private static string Quoted(string owner)
        => string.Join(' ', BoundProcess.Command(0, "sleep", ["600"]).Select(word => word == "0" ? owner : $"'{word}'"));

    // One that nobody waits for stays on the list, without a name of its own.
    private static string CommandOf(int process)
    {
        try
        {
            string command = File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/cmdline");
            return command.Split('\0')[0];
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private static void WaitUntil(Func<bool> condition)
        => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)));
}
