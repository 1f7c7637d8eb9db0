namespace NooksOS.Contracts;

/// <summary>What the kernel offers to a sound driver.</summary>
[Contract(31, CallDirection.ExtensionToKernel)]
public interface ISoundDeviceHost
{
    /// <summary>
    /// Registers the caller, while it starts, as the driver of a sound device that is stopped through its ports. It cannot give them back then.
    /// </summary>
    CallResult<Handle<TrackedObjects.SoundDevice>> RegisterStoppedByPorts(Handle<TrackedObjects.PortRange> ports, PortStop stop);

    /// <summary>
    /// Registers the caller, while it starts, as the driver of a sound device that is stopped by masking its DMA channel. It cannot give it back
    /// then.
    /// </summary>
    CallResult<Handle<TrackedObjects.SoundDevice>> RegisterStoppedByChannel(Handle<TrackedObjects.DmaChannel> channel);

    /// <summary>
    /// Says how many frames the device has taken in a run, silence included. The driver says so about once a period.
    /// </summary>
    CallResult ReportPosition(Handle<TrackedObjects.SoundDevice> device, uint run, ulong positionFrames);
}
