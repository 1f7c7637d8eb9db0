using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Hosting;

/// <summary>The isolation layer's ways to stop a device, as the sound shadow wants them.</summary>
internal sealed class PlaybackStops(Domain instance) : IPlaybackStops
{
    /// <inheritdoc/>
    public IPlaybackStop? ByPorts(Handle<TrackedObjects.PortRange> ports, PortStop stop)
        => PortStopper.TryMake(instance, ports, stop) is { } stopper ? new PortPlaybackStop(stopper) : null;

    /// <inheritdoc/>
    public IPlaybackStop? ByChannel(Handle<TrackedObjects.DmaChannel> channel)
        => instance.Objects.TryResolve(channel, out OpenDmaChannel held) ? new ChannelPlaybackStop(held) : null;

    private sealed class PortPlaybackStop(PortStopper stopper) : IPlaybackStop
    {
        public uint? StopAndRead() => stopper.StopAndRead();
    }

    private sealed class ChannelPlaybackStop(OpenDmaChannel channel) : IPlaybackStop
    {
        public uint? StopAndRead() => channel.Stop() / SoundFormat.Mix.FrameBytes;
    }
}
