using System;

namespace NooksOS.Tool.Links;

/// <summary>Sees what the guest sends before anybody else does.</summary>
public interface IFrameFilter
{
    /// <summary>True where the frame is not to go on to the guest's network. Called from one thread at a time.</summary>
    bool Takes(ReadOnlySpan<byte> frame);
}
