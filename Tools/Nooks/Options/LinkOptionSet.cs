using System.Collections.Generic;
using System.CommandLine;

namespace NooksOS.Tool.Options;

/// <summary>The command-line options about the link between the guest and its network.</summary>
internal sealed class LinkOptionSet
{
    private static readonly LinkQuality s_defaults = new();

    private readonly Option<double> _loss = Numbers.Percentage("--loss", "frames of the link that are lost, of a hundred");
    private readonly Option<double> _reorder = Numbers.Percentage("--reorder", "frames that later ones overtake, of a hundred");
    private readonly Option<double> _duplicate = Numbers.Percentage("--duplicate", "frames that arrive twice, of a hundred");
    private readonly Option<int> _seed = Numbers.Option("--link-seed", "N", "what the choice of these frames follows from", s_defaults.Seed, 0, int.MaxValue);

    private readonly Option<string?> _capture = NamedFiles.ToWrite(
        "--capture", "FILE", "write what the guest's network card sends and receives to a file in the pcap format");

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_loss, _reorder, _duplicate, _seed, _capture];

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Options.Add(option);
        }
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
}
