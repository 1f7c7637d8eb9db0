using System;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Console;

/// <summary>The PS/2 keyboard behind the 8042 controller. What is typed goes where the console's serial input goes.</summary>
internal static class Keyboard
{
    private const ushort DataPort = 0x60;
    private const ushort StatusPort = 0x64;
    private const byte OutputFull = 0x01;
    private const byte InputFull = 0x02;
    private const byte FromMouse = 0x20;
    private const byte NoController = 0xFF;
    private const uint Polls = 100_000;

    private const byte ReadConfiguration = 0x20;
    private const byte WriteConfiguration = 0x60;
    private const byte EnableKeyboard = 0xAE;
    private const byte EnableScanning = 0xF4;
    private const byte KeyboardInterrupt = 1 << 0;
    private const byte KeyboardDisabled = 1 << 4;
    private const byte TranslateToSet1 = 1 << 6;

    private static KeyDecoder s_decoder;

    /// <summary>Sets the controller up. False if there is none.</summary>
    public static bool TryInitialize()
    {
        if (PortIo.Read8(StatusPort) == NoController)
        {
            return false;
        }

        Discard();
        if (!TryCommand(EnableKeyboard) || !TryCommand(ReadConfiguration) || !TryReceive(out byte configuration))
        {
            return false;
        }

        configuration = (byte)((configuration | KeyboardInterrupt | TranslateToSet1) & ~KeyboardDisabled);
        bool done = TryCommand(WriteConfiguration) && TrySend(configuration) && TrySend(EnableScanning);

        // The keyboard acknowledges; that is not a key.
        TryReceive(out _);
        return done;
    }

    /// <summary>Takes what the keyboard has. Interrupts must be off.</summary>
    public static void Collect()
    {
        Span<byte> bytes = stackalloc byte[KeyDecoder.MaximumBytes];
        for (byte status = PortIo.Read8(StatusPort); (status & OutputFull) != 0; status = PortIo.Read8(StatusPort))
        {
            byte scanCode = PortIo.Read8(DataPort);
            if ((status & FromMouse) == 0)
            {
                KernelConsole.Serial.Inject(bytes[..s_decoder.Feed(scanCode, bytes)]);
            }
        }
    }

    private static void Discard()
    {
        for (uint poll = 0; poll < Polls && (PortIo.Read8(StatusPort) & OutputFull) != 0; poll++)
        {
            PortIo.Read8(DataPort);
        }
    }

    private static bool TryCommand(byte command)
    {
        bool ready = TryWaitFor(InputFull, false);
        if (ready)
        {
            PortIo.Write8(StatusPort, command);
        }

        return ready;
    }

    private static bool TrySend(byte value)
    {
        bool ready = TryWaitFor(InputFull, false);
        if (ready)
        {
            PortIo.Write8(DataPort, value);
        }

        return ready;
    }

    private static bool TryReceive(out byte value)
    {
        bool ready = TryWaitFor(OutputFull, true);
        value = ready ? PortIo.Read8(DataPort) : (byte)0;
        return ready;
    }

    private static bool TryWaitFor(byte bit, bool set)
    {
        for (uint poll = 0; poll < Polls; poll++)
        {
            if (((PortIo.Read8(StatusPort) & bit) != 0) == set)
            {
                return true;
            }

            Processor.Pause();
        }

        return false;
    }
}
