using System;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Tool;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

/// <summary>A file that cannot be read or written is an error of one line, with the exit code for what is wrong on the host.</summary>
public sealed class UnusableFiles : IDisposable
{
    private static readonly CampaignPlan s_plan = new()
    {
        Extensions = ["e1000"],
        Types = ["text"],
        Configurations = [CampaignConfiguration.Direct],
        Trials = 1,
        FaultsPerTrial = 1,
        Seed = 1,
        Nic = "e1000",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AReportThatTheDiskHasNoRoomForIsAnError()
    {
        TrialLog.Open(_folder, s_plan, 0, 1).Dispose();
        Assert.Equal((int)ExitCode.Usage, await Program.Main(["report", _folder, "--html", "/dev/full"]));
    }

    [Fact]
    public async Task AReportInAFolderThatIsNotThereIsAnError()
    {
        TrialLog.Open(_folder, s_plan, 0, 1).Dispose();
        Assert.Equal((int)ExitCode.Usage, await Program.Main(["report", _folder, "--html", Path.Combine(_folder, "none", "report.html")]));
    }

    [Fact]
    public async Task ACampaignThatAFileIsInTheWayOfIsAnError()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, string.Empty);
        Assert.Equal((int)ExitCode.Usage, await Program.Main(["campaign", "--out", file]));
    }
}
