using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>A stream as its owner's domain holds it. The shadow guards it.</summary>
internal sealed class SoundStream(SoundDeviceShadow shadow, uint number, string owner, uint capacityFrames)
    : TrackedObject(TrackedKind.SoundStream, capacityFrames * SoundFormat.Mix.FrameBytes)
{
    /// <summary>What commands call it.</summary>
    public uint Number { get; } = number;

    /// <summary>Whose it is.</summary>
    public string Owner { get; } = owner;

    /// <summary>What was written and is not mixed yet.</summary>
    public FrameBuffer Frames { get; } = new(capacityFrames);

    /// <summary>Threads that wait for room, or for the end.</summary>
    public WaitQueue Waiters { get; } = new();

    /// <summary>Its volume.</summary>
    public uint Volume { get; set; } = SoundLimits.FullVolume;

    /// <summary>Whether its owner waits for the end: nothing more comes for the moment.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Whether it was taken back.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The number of the mixed frame after its last one.</summary>
    public ulong MixedUntil { get; set; }

    /// <inheritdoc/>
    public override string Description => $"stream {Number}";

    /// <inheritdoc/>
    protected override bool Release()
    {
        shadow.Close(this);
        return true;
    }
}
