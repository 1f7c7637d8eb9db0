using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary>What every demonstration is: a boot, something to do with the machine in a limited time, and a report on how it went.</summary>
internal sealed class Demonstration
{
    private readonly CommandContext _context;
    private readonly BootOptionSet _boot;
    private readonly Report _report = new();
    private readonly Option<string>? _peer;

    /// <summary>Makes the options that all demonstrations have.</summary>
    /// <param name="context">What the command works with.</param>
    /// <param name="timeoutSeconds">By default, how long it may take besides the time that it is made for.</param>
    /// <param name="hasPeers">Whether it lets the user choose what the guest talks to.</param>
    /// <param name="sound">By default, the sound card of its machine.</param>
    /// <param name="iommu">By default, whether its machine has an IOMMU.</param>
    public Demonstration(
        CommandContext context, int timeoutSeconds, bool hasPeers = false, string sound = SoundModels.None, Iommu iommu = Iommu.On)
    {
        _context = context;
        _peer = hasPeers ? BootOptionSet.Choice("--peer", "what the guest talks to: QEMU's user network, or this host's kernel", PeerKind.User) : null;
        _boot = new BootOptionSet(timeoutSeconds, sound, iommu);
    }

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        _report.AddTo(command);
        _boot.AddTo(command);
        if (_peer is not null)
        {
            command.Options.Add(_peer);
        }
    }

    /// <summary>The machine that the user asked for, which must have a network card.</summary>
    public BootOptions ReadMachine(ParseResult result)
    {
        BootOptions options = _boot.Read(result) with { Peer = ReadPeer(result) };
        return options.NetworkDriver is null ? throw new HostException("the demonstration needs a network card") : options;
    }

    /// <summary>Runs the demonstration and prints the report. Returns the exit code.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="activity">What goes on, for people who wait.</param>
    /// <param name="duration">The time that it is made for.</param>
    /// <param name="run">Boots the image of the given name and does it.</param>
    /// <param name="showText">Writes the report for people.</param>
    /// <param name="isGood">Whether what should be shown was.</param>
    /// <param name="interrupt">Ends everything.</param>
    public async Task<int> RunAsync<T>(
        ParseResult result,
        string activity,
        TimeSpan duration,
        Func<string, CancellationToken, Task<T>> run,
        Action<T> showText,
        Func<T, bool> isGood,
        CancellationToken interrupt)
    {
        string iso = await _context.BuildForAsync(ReadMachine(result), interrupt);
        if (ReadPeer(result) == PeerKind.Linux && !PrivateNetwork.IsInside)
        {
            return await PrivateNetwork.RunInsideAsync(interrupt);
        }

        using Deadline deadline = new(duration + _boot.ReadTimeout(result), interrupt);
        T found = await _context.Progress.DuringAsync(activity, _ => deadline.LimitAsync(token => run(iso, token)));
        _report.Print(result, found, showText);
        bool areFramesGood = _boot.Read(result).CaptureFile is not { } file || await AuditAsync(file, interrupt);
        return (int)(isGood(found) && areFramesGood ? ExitCode.Success : ExitCode.Failure);
    }

    private PeerKind ReadPeer(ParseResult result) => _peer is null ? PeerKind.User : BootOptionSet.Value<PeerKind>(result, _peer);

    // What is sent to the guest may be wrong on purpose; what it sends may not.
    private async Task<bool> AuditAsync(string file, CancellationToken interrupt)
    {
        await new Prerequisites(_context.Progress).EnsureAsync([DebianPackage.FrameAnalyzer], interrupt);
        CaptureAudit audit = await _context.Progress.DuringAsync("Looking at the captured frames", _ => CaptureAudit.RunAsync(file, interrupt));
        Progress.Say($"{audit.Frames} frames; malformed or with a wrong checksum: {audit.WrongFromGuest.Count} of the guest's, {audit.WrongToGuest.Count} of its peers'");
        return audit.WrongFromGuest.Count == 0;
    }
}
