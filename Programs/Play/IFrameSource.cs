using System;

namespace NooksOS.Programs.Play;

/// <summary>Frames of two channels of 16 bits, one after the other.</summary>
internal interface IFrameSource
{
    /// <summary>How many frames there are in a second.</summary>
    uint FramesPerSecond { get; }

    /// <summary>Reads frames, left and right next to each other. Returns how many; zero at the end.</summary>
    int Read(Span<short> samples);
}
