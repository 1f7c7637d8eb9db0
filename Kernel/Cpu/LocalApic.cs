namespace NooksOS.Kernel.Cpu;

/// <summary>
/// The local APIC in xAPIC mode (Intel SDM vol. 3 ch. 10): end of interrupt and the periodic timer that drives the scheduler.
/// </summary>
public static unsafe class LocalApic
{
    private const uint SpuriousEnable = 1 << 8;
    private const uint TimerPeriodic = 1 << 17;
    private const uint Masked = 1 << 16;
    private const uint NonMaskableDelivery = 0b100 << 8;
    private const uint DivideBy16 = 0b0011;

    private static byte* s_registers;

    private enum Register
    {
        TaskPriority = 0x80,
        EndOfInterrupt = 0xB0,
        SpuriousVector = 0xF0,
        TimerEntry = 0x320,
        LocalInterrupt0 = 0x350,
        LocalInterrupt1 = 0x360,
        ErrorEntry = 0x370,
        TimerInitialCount = 0x380,
        TimerCurrentCount = 0x390,
        TimerDivide = 0x3E0,
    }

    /// <summary>Enables the APIC whose registers are mapped at the address; every local source is masked but the button that asks what hangs.</summary>
    public static void Enable(void* registers)
    {
        s_registers = (byte*)registers;
        Write(Register.TaskPriority, 0);
        Write(Register.TimerEntry, Masked);
        Write(Register.LocalInterrupt0, Masked);
        Write(Register.LocalInterrupt1, NonMaskableDelivery);
        Write(Register.ErrorEntry, Masked);
        Write(Register.SpuriousVector, SpuriousEnable | (uint)TrapVector.Spurious);
    }

    /// <summary>Says that the interrupt in service is handled.</summary>
    public static void EndOfInterrupt() => Write(Register.EndOfInterrupt, 0);

    /// <summary>Starts a masked one-shot countdown from the highest value, for calibration.</summary>
    public static void StartCountdown()
    {
        Write(Register.TimerDivide, DivideBy16);
        Write(Register.TimerInitialCount, uint.MaxValue);
    }

    /// <summary>How far the countdown has come.</summary>
    public static uint CountdownElapsed => uint.MaxValue - Read(Register.TimerCurrentCount);

    /// <summary>Starts the periodic timer.</summary>
    public static void StartTimer(uint countsPerTick)
    {
        Write(Register.TimerDivide, DivideBy16);
        Write(Register.TimerEntry, TimerPeriodic | (uint)TrapVector.Timer);
        Write(Register.TimerInitialCount, countsPerTick);
    }

    // SAFETY: the registers are mapped for as long as the kernel runs, and the enumeration holds architectural offsets only.
    private static uint Read(Register register) => System.Threading.Volatile.Read(ref *(uint*)(s_registers + (int)register));

    // SAFETY: as for Read.
    private static void Write(Register register, uint value)
        => System.Threading.Volatile.Write(ref *(uint*)(s_registers + (int)register), value);
}
