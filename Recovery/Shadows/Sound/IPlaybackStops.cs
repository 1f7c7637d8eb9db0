using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Makes, of what one instance of a driver holds, ways to stop its device. The isolation layer has them.</summary>
public interface IPlaybackStops
{
    /// <summary>Stops it through its ports. Null if the handle is bad or a register lies outside.</summary>
    IPlaybackStop? ByPorts(Handle<TrackedObjects.PortRange> ports, PortStop stop);

    /// <summary>Stops it by masking its DMA channel. Null if the handle is bad.</summary>
    IPlaybackStop? ByChannel(Handle<TrackedObjects.DmaChannel> channel);
}
