using System;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Links;

/// <summary>
/// The link between a guest and the emulator's network, relayed through this process: each frame may be lost, held, doubled,
/// looked at, and others may be added.
/// </summary>
public sealed class LinkRelay : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly RelayDirection _toGuest;
    private readonly RelayDirection _fromGuest;
    private readonly Task _running;

    private LinkRelay(TemporaryFolder folder, LinkQuality quality)
    {
        _toGuest = new RelayDirection(folder, "to-guest", quality, quality.Seed);

        // Another seed: the two directions must not lose the same frames.
        _fromGuest = new RelayDirection(folder, "from-guest", quality, ~quality.Seed);
        _running = Task.WhenAll(_toGuest.RunAsync(_end.Token), _fromGuest.RunAsync(_end.Token));
    }

    /// <summary>Where QEMU is to connect to.</summary>
    public RelaySockets Sockets => new(_toGuest.Sockets, _fromGuest.Sockets);

    /// <summary>What became of the frames to the guest; those that were injected are not among them.</summary>
    public LinkCounts ToGuestCounts => _toGuest.Counts;

    /// <summary>What became of the frames from the guest; those that were filtered out are not among them.</summary>
    public LinkCounts FromGuestCounts => _fromGuest.Counts;

    /// <summary>The relay that the options ask for, which listens in the folder; null where QEMU can do without.</summary>
    public static LinkRelay? For(BootOptions options, TemporaryFolder folder) => options.HasRelay ? new LinkRelay(folder, options.Link) : null;

    /// <summary>Sends a frame to the guest, after those that are on their way; the link does it no harm.</summary>
    public void Inject(ReadOnlySpan<byte> frame) => _toGuest.Add(frame);

    /// <summary>Shows each frame of the guest's to a filter from now on.</summary>
    public void FilterFromGuest(IFrameFilter? filter) => _fromGuest.Filter = filter;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try
        {
            await _running;
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The end of a connection is the end of QEMU, whose exit status tells the rest.
        }

        await _toGuest.DisposeAsync();
        await _fromGuest.DisposeAsync();
        _end.Dispose();
    }
}
