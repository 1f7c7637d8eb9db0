using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Bus;

/// <summary>Ends or restarts the machine. Nothing here returns, allocates or needs interrupts.</summary>
public static class MachinePower
{
    private const ushort DebugExitPort = 0xF4;
    private const uint ExitAfterPowerOff = 0x10;
    private const uint ExitAfterPanic = 0x11;

    // The emulator's power management block on its two chipsets: sleep enable with sleep type 0, which means off there.
    private const ushort PowerControlPort = 0x604;
    private const ushort OldPowerControlPort = 0xB004;
    private const ushort SleepEnable = 1 << 13;

    private const ushort ResetControlPort = 0xCF9;
    private const byte HardReset = 0x06;
    private const ushort KeyboardControllerPort = 0x64;
    private const byte PulseResetLine = 0xFE;

    /// <summary>Switches the machine off.</summary>
    public static void Off()
    {
        Processor.DisableInterrupts();
        PortIo.Write32(DebugExitPort, ExitAfterPowerOff);
        PortIo.Write16(PowerControlPort, SleepEnable);
        PortIo.Write16(OldPowerControlPort, SleepEnable);
        Processor.HaltForever();
    }

    /// <summary>Stops the machine after a panic: an emulator that has the debug device ends, another machine stays as it is.</summary>
    public static void StopAfterPanic()
    {
        Processor.DisableInterrupts();
        PortIo.Write32(DebugExitPort, ExitAfterPanic);
        Processor.HaltForever();
    }

    /// <summary>Restarts the machine.</summary>
    public static void Restart()
    {
        Processor.DisableInterrupts();
        PortIo.Write8(ResetControlPort, HardReset);
        PortIo.Write8(KeyboardControllerPort, PulseResetLine);
        Processor.HaltForever();
    }
}
