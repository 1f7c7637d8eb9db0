using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Tool.Campaigns;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks report</c>: what a campaign has shown, as text and as a page.</summary>
internal static class ReportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "the folder of the campaign" };
        folder.Validators.Add(result => NamedFiles.RefuseEmpty(result, folder.Name));
        Option<string?> page = NamedFiles.ToWrite("--html", "FILE", "the page [default: DIR/report.html]");
        Command command = new("report", "Sum up a campaign: tables here, and one self-contained HTML page") { folder, page };
        command.SetAction(async (result, interrupt) =>
        {
            string source = result.GetValue(folder)!;
            CampaignSummary summary = new(TrialLog.ReadPlan(source), TrialLog.ReadAll(source));
            string file = result.GetValue(page) ?? Path.Combine(source, "report.html");
            Console.Write(CampaignText.Write(summary));
            await File.WriteAllTextAsync(file, new HtmlReport(summary).Write(), interrupt);
            Progress.Say($"The page is {file}");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
