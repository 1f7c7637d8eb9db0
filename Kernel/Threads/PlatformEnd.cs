using System;
using System.Runtime;
using NooksOS.Kernel.Diagnostics;

namespace NooksOS.Kernel.Threads;

/// <summary>The kernel's side of the seam below the runtime: the end of the kernel image.</summary>
internal static unsafe class PlatformEnd
{
    [RuntimeExport("PlatformFailFast")]
    private static void FailFast(byte* text, nuint length, nuint instructionPointer)

        // SAFETY: the runtime hands over text of this length.
        => Panic.Stop(new ReadOnlySpan<byte>(text, (int)length), instructionPointer);
}
