using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>Decides about a frame.</summary>
internal delegate bool FrameFilter(ReadOnlySpan<byte> frame);
