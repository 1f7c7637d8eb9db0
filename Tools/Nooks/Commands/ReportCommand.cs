using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks report</c>: what a campaign has shown, as text and as a page.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "the folder of the campaign" };
        Option<string> page = new("--html") { Description = "the page [default: DIR/report.html]", HelpName = "FILE" };
        Command command = new("report", "Sum up a campaign: tables here, and one self-contained HTML page") { folder, page };
        command.SetAction(async (result, interrupt) =>
        {
            string source = result.GetValue(folder)!;
            CampaignSummary summary = new(TrialLog.ReadPlan(source), TrialLog.ReadAll(source));
            string file = result.GetValue(page) ?? Path.Combine(source, "report.html");
            await File.WriteAllTextAsync(file, new HtmlReport(summary).Write(), interrupt);
            Console.Write(CampaignText.Write(summary));
            Progress.Say($"The page is {file}");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
