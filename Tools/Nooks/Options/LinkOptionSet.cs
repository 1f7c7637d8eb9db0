using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace NooksOS.Tool.Options;

/// <summary>The command-line options about the link between the guest and its network.</summary>
internal sealed class LinkOptionSet
{
    private static readonly LinkQuality s_defaults = new();

    private readonly Option<double> _loss = Numbers.Percentage("--loss", "frames of the link that are lost, of a hundred");
    private readonly Option<double> _reorder = Numbers.Percentage("--reorder", "frames that later ones overtake, of a hundred");
    private readonly Option<double> _duplicate = Numbers.Percentage("--duplicate", "frames that arrive twice, of a hundred");
    private readonly Option<int> _seed = Numbers.Option("--link-seed", "N", "what the choice of these frames follows from", s_defaults.Seed, 0, int.MaxValue);

    private readonly Option<string?> _capture = new("--capture")
    {
        Description = "write what the guest's network card sends and receives to a file in the pcap format",
        HelpName = "FILE",
        CustomParser = ParseCapture,
    };

    private Option[] All => [_loss, _reorder, _duplicate, _seed, _capture];

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command, Option<string> nic)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given && result.GetValue(nic) == NicModels.None)
            {
                result.AddError($"{given.Name} needs a network card, and --nic {NicModels.None} leaves the machine without one");
            }
        });
    }

    /// <summary>How good the link is to be.</summary>
    public LinkQuality ReadQuality(ParseResult result) => new()
    {
        LossPercent = result.GetValue(_loss),
        ReorderPercent = result.GetValue(_reorder),
        DuplicatePercent = result.GetValue(_duplicate),
        Seed = result.GetValue(_seed),
    };

    /// <summary>Where the frames are written; null for nowhere.</summary>
    public string? ReadCaptureFile(ParseResult result) => result.GetValue(_capture);

    private static string? ParseCapture(ArgumentResult result)
    {
        string file = Path.GetFullPath(result.Tokens[0].Value);
        if (Directory.Exists(file))
        {
            result.AddError($"--capture takes a file, and '{result.Tokens[0].Value}' is a folder");
        }
        else if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            result.AddError($"--capture: there is no folder for '{result.Tokens[0].Value}'");
        }

        return file;
    }
}
