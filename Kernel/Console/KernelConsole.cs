using System;

namespace NooksOS.Kernel.Console;

/// <summary>
/// The machine's console: everything written appears on COM1 and on the screen, once there is one. May be called from the first
/// instruction on and from interrupt handlers.
/// </summary>
public static class KernelConsole
{
    // So often the devices are asked, in case that their interrupts do not come.
    private const long PollNanoseconds = 100_000_000;

    private static SerialPort s_serial;

    /// <summary>The serial line of the console.</summary>
    internal static ref SerialPort Serial => ref s_serial;

    /// <summary>Sets the serial line up. Before the first <see cref="Write"/>.</summary>
    internal static void InitializeSerial() => s_serial.Initialize(SerialPort.FirstPort);

    /// <summary>Waits for a byte that was typed, on the serial line or the keyboard. One thread reads.</summary>
    public static byte ReadByte()
    {
        byte value;
        while (!s_serial.TryRead(PollNanoseconds, out value))
        {
        }

        return value;
    }

    /// <summary>Writes UTF-8. A line feed also returns to the first column.</summary>
    public static void Write(ReadOnlySpan<byte> text)
    {
        Screen.Write(text);
        ReadOnlySpan<byte> rest = text;
        while (rest.Length > 0)
        {
            int lineLength = rest.IndexOf((byte)'\n');
            if (lineLength < 0)
            {
                s_serial.WriteBytes(rest);
                break;
            }

            s_serial.WriteBytes(rest[..lineLength]);
            s_serial.WriteBytes("\r\n"u8);
            rest = rest[(lineLength + 1)..];
        }
    }
}
