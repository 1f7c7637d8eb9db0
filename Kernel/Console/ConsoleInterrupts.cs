using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Interrupts;

namespace NooksOS.Kernel.Console;

/// <summary>Connects the console's devices to their interrupt lines.</summary>
public static unsafe class ConsoleInterrupts
{
    private const byte KeyboardLine = 1;
    private const byte SecondSerialLine = 3;
    private const byte FirstSerialLine = 4;

    /// <summary>Lets the serial lines and the keyboard interrupt. Waiting must work by now.</summary>
    public static void Enable(InterruptTopology topology)
    {
        Attach(topology.RouteLegacy(FirstSerialLine), &OnConsoleSerial);
        Attach(topology.RouteLegacy(SecondSerialLine), &OnControlSerial);
        KernelConsole.Serial.EnableReceiveInterrupt();
        ControlChannel.Serial.EnableReceiveInterrupt();
        if (Keyboard.TryInitialize())
        {
            Attach(topology.RouteLegacy(KeyboardLine), &OnKeyboard);
        }
    }

    private static void Attach(InterruptRoute route, delegate*<uint, void*, void> handler)
    {
        if (InterruptLines.TryAttach(route, handler, null))
        {
            InterruptLines.Unmask(route.Line);
        }
        else
        {
            Log.Write("an interrupt line of the console is taken; the device is polled"u8);
        }
    }

    private static void OnConsoleSerial(uint line, void* context) => KernelConsole.Serial.CollectReceived();

    private static void OnControlSerial(uint line, void* context) => ControlChannel.Serial.CollectReceived();

    private static void OnKeyboard(uint line, void* context) => Keyboard.Collect();
}
