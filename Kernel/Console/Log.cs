using System;
using System.Runtime;
using System.Text;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Console;

/// <summary>
/// The kernel's log: lines with the time since boot, on the console and in a ring that the shell shows. May be called from the
/// first instruction on, from interrupt handlers, and with any lock held.
/// </summary>
public static unsafe class Log
{
    private const int LineBytes = 512;
    private const ulong NanosecondsPerMicrosecond = 1000;
    private const ulong MicrosecondsPerSecond = 1_000_000;

    private static LogRing s_ring;

    /// <summary>Adds a line of UTF-8.</summary>
    public static void Write(ReadOnlySpan<byte> line)
    {
        Span<byte> buffer = stackalloc byte[LineBytes];
        Utf8Text text = new(buffer[..^1]);
        ulong microseconds = (ulong)Clock.Nanoseconds / NanosecondsPerMicrosecond;
        text.Append((byte)'[');
        text.AppendDecimal(microseconds / MicrosecondsPerSecond, 5, (byte)' ');
        text.Append((byte)'.');
        text.AppendDecimal(microseconds % MicrosecondsPerSecond, 6);
        text.Append("] "u8);
        text.Append(line);

        // The last byte was kept free for this.
        int length = text.Written.Length;
        buffer[length] = (byte)'\n';
        WriteRaw(buffer[..(length + 1)]);
    }

    /// <summary>Adds a line.</summary>
    public static void Write(string line)
    {
        Span<byte> utf8 = stackalloc byte[LineBytes];
        Encoding.UTF8.TryGetBytes(line.AsSpan(0, Math.Min(line.Length, LineBytes / 3)), utf8, out int length);
        Write(utf8[..length]);
    }

    /// <summary>Copies the kept text from a position on; see <see cref="LogRing.CopyFrom"/>.</summary>
    public static int CopyFrom(ref ulong position, Span<byte> destination)
    {
        ulong flags = Processor.DisableInterrupts();
        int count = s_ring.CopyFrom(ref position, destination);
        Processor.RestoreInterrupts(flags);
        return count;
    }

    private static void WriteRaw(ReadOnlySpan<byte> text)
    {
        ulong flags = Processor.DisableInterrupts();
        s_ring.Append(text);
        Processor.RestoreInterrupts(flags);
        KernelConsole.Write(text);
    }

    // Called by the runtime, for what it has to say about itself.
    [RuntimeExport("PlatformWriteLog")]
    private static void WriteFromRuntime(byte* utf8, nuint length)
    {
        // SAFETY: the runtime passes the bytes of its own message.
        ReadOnlySpan<byte> text = new(utf8, (int)nuint.Min(length, int.MaxValue));
        while (text.Length > 0 && text[^1] == (byte)'\n')
        {
            text = text[..^1];
        }

        if (text.Length > 0)
        {
            Write(text);
        }
    }
}
