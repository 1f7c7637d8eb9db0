namespace NooksOS.Recovery.Shadows;

/// <summary>A stream at one moment.</summary>
/// <param name="Number">What it is called.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Volume">Its volume.</param>
/// <param name="WrittenFrames">Frames that were written to it.</param>
/// <param name="PlayedFrames">Frames of it that are known to be played.</param>
/// <param name="QueuedFrames">Frames of it that are not mixed yet.</param>
public sealed record SoundStreamStatus(
    uint Number, string Owner, uint Volume, ulong WrittenFrames, ulong PlayedFrames, uint QueuedFrames);
