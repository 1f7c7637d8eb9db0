using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>Looks at a frame on its way. It is the kernel's own copy, which nobody changes meanwhile.</summary>
internal delegate void FrameObserver(ReadOnlySpan<byte> frame);
