using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>The sound device and its streams at one moment.</summary>
/// <param name="IsPresent">Whether there is a device.</param>
/// <param name="IsReady">Whether its driver can be called.</param>
/// <param name="IsPlaying">Whether it was told to play.</param>
/// <param name="Ring">Its ring.</param>
/// <param name="Instances">How many instances of its driver became ready.</param>
/// <param name="MasterVolume">The volume of everything.</param>
/// <param name="PlayedFrames">Frames known to be played since boot.</param>
/// <param name="KeptFrames">Mixed frames that are not known to be played.</param>
/// <param name="Underruns">How often the device ran dry before a stream was at its end.</param>
/// <param name="SilenceNanoseconds">How long it stood still each time that its driver was replaced while it played.</param>
/// <param name="Streams">The streams.</param>
public sealed record SoundStatus(
    bool IsPresent,
    bool IsReady,
    bool IsPlaying,
    SoundRing Ring,
    uint Instances,
    uint MasterVolume,
    ulong PlayedFrames,
    uint KeptFrames,
    ulong Underruns,
    IReadOnlyList<long> SilenceNanoseconds,
    IReadOnlyList<SoundStreamStatus> Streams);
