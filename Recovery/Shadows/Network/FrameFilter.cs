using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>Decides about a frame, of which the kernel has a copy of its own.</summary>
internal delegate bool FrameFilter(ReadOnlySpan<byte> frame);
