using System;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Console;

/// <summary>The channel to the host tool: COM2.</summary>
public static unsafe class ControlChannel
{
    private const long PollNanoseconds = 100_000_000;
    private const uint PollsBeforeSleep = 1000;
    private const long HostPauseNanoseconds = 1_000_000;

    private static SerialPort s_serial;

    /// <summary>The serial line.</summary>
    internal static ref SerialPort Serial => ref s_serial;

    /// <summary>Whether there is such a line.</summary>
    public static bool IsPresent => s_serial.IsPresent;

    /// <summary>Sets the serial line up.</summary>
    internal static void Initialize() => s_serial.Initialize(SerialPort.SecondPort);

    /// <summary>Writes bytes as they are. Waits as long as the host has other things to do: an answer with a hole in it is none.</summary>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        while (!(bytes = s_serial.WriteBytes(bytes, PollsBeforeSleep)).IsEmpty)
        {
            WaitTable.Wait((ulong)Scheduler.Current, HostPauseNanoseconds);
        }
    }

    /// <summary>Writes bytes in a panic, when no other thread may run: nobody waits, and a host that takes nothing for too long misses them.</summary>
    internal static void WriteWithoutWaiting(ReadOnlySpan<byte> bytes) => s_serial.WriteBytes(bytes);

    /// <summary>Waits for a byte.</summary>
    public static byte ReadByte()
    {
        byte value;
        while (!s_serial.TryRead(PollNanoseconds, out value))
        {
        }

        return value;
    }
}
