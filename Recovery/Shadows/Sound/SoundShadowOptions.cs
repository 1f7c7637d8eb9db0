namespace NooksOS.Recovery.Shadows;

/// <summary>Bounds of the sound shadow.</summary>
public sealed record SoundShadowOptions
{
    /// <summary>
    /// How far ahead of the device samples are mixed, 186 ms: longer than the kernel takes to notice a driver that is silent, so
    /// that the device has something to play until then.
    /// </summary>
    public uint LeadFrames { get; init; } = 8192;

    /// <summary>With so much ahead, a stream that has nothing at the moment is waited for instead of being left out.</summary>
    public uint PatienceFrames { get; init; } = 4096;

    /// <summary>
    /// How much must be there before the device is started, if more is to come: clearly more than a driver leaves between the device
    /// and what it appends.
    /// </summary>
    public uint StartFrames { get; init; } = 6144;

    /// <summary>How long the device is held back for that: whoever makes frames as fast as they are heard has made as many by then.</summary>
    public long StartGraceNanoseconds { get; init; } = 150_000_000;

    /// <summary>How much of a stream waits to be mixed.</summary>
    public uint StreamFrames { get; init; } = 16_384;

    /// <summary>How long the driver may say nothing before it is asked: about two of its periods.</summary>
    public long PollNanoseconds { get; init; } = 40_000_000;

    /// <summary>
    /// How long the device may play while nothing is heard of it, 250 ms: longer than what it has to play lasts, so that it is silent
    /// by then, and so much shorter than a ring that it is stopped before it begins to play old frames again.
    /// </summary>
    public long UnseenNanoseconds { get; init; } = 250_000_000;

    /// <summary>Streams at a time.</summary>
    public int MaximumStreams { get; init; } = 32;

    /// <summary>How many moments of silence are remembered.</summary>
    public int RememberedSilences { get; init; } = 1024;
}
