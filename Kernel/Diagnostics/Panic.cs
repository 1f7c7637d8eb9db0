using System;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>The end of the kernel: one block that says why, on every console, and the machine stops.</summary>
public static class Panic
{
    /// <summary>Stops the kernel.</summary>
    /// <param name="reason">What is wrong, in words.</param>
    /// <param name="detail">The value that it is about.</param>
    public static void Stop(ReadOnlySpan<byte> reason, ulong detail = 0)
    {
        Processor.DisableInterrupts();
        Span<byte> buffer = stackalloc byte[256];
        Utf8Text text = new(buffer);
        text.Append("\nPANIC: "u8);
        text.Append(reason);
        text.Append(" ("u8);
        text.AppendHex(detail);
        text.Append(")\n"u8);
        KernelConsole.Write(text.Written);
        Processor.HaltForever();
    }
}
