namespace NooksOS.Kernel.Cpu;

/// <summary>
/// Time from the time-stamp counter, calibrated once against the programmable interval timer. Under an emulator that counts
/// instructions both advance with them, so the same code gives virtual time there.
/// </summary>
public static unsafe class Clock
{
    /// <summary>Timer interrupts per second.</summary>
    public const uint TicksPerSecond = 1000;

    private const uint PitFrequencyHertz = 1_193_182;
    private const uint CalibrationMilliseconds = 10;
    private const ushort PitChannel2 = 0x42;
    private const ushort PitCommand = 0x43;
    private const ushort PitGate = 0x61;

    // Nanoseconds per count as a 32.32 fixed-point number.
    private static ulong s_nanosecondsPerCount;
    private static ulong s_startCount;

    /// <summary>Time-stamp counts per second.</summary>
    public static ulong CountsPerSecond { get; private set; }

    /// <summary>Nanoseconds since <see cref="Calibrate"/>.</summary>
    public static long Nanoseconds
    {
        get
        {
            ulong count = Processor.ReadTimeStamp() - s_startCount;
            return (long)(((count >> 32) * s_nanosecondsPerCount) + (((count & uint.MaxValue) * s_nanosecondsPerCount) >> 32));
        }
    }

    /// <summary>Measures the time-stamp counter and returns the local APIC counts of one tick.</summary>
    public static uint Calibrate()
    {
        // Mode 0 on channel 2: the output, readable in port 61h, rises when the count is over (Intel 8254, mode 0).
        PortIo.Write8(PitGate, (byte)((PortIo.Read8(PitGate) & ~2) | 1));
        PortIo.Write8(PitCommand, 0xB0);
        const uint Count = PitFrequencyHertz * CalibrationMilliseconds / 1000;
        PortIo.Write8(PitChannel2, (byte)(Count & 0xFF));
        PortIo.Write8(PitChannel2, (byte)(Count >> 8));
        LocalApic.StartCountdown();
        ulong start = Processor.ReadTimeStamp();
        while ((PortIo.Read8(PitGate) & 0x20) == 0)
        {
            Processor.Pause();
        }

        ulong counts = Processor.ReadTimeStamp() - start;
        uint apicCounts = LocalApic.CountdownElapsed;
        CountsPerSecond = counts * (1000 / CalibrationMilliseconds);
        s_nanosecondsPerCount = (1_000_000_000UL << 32) / CountsPerSecond;
        s_startCount = start;
        return apicCounts / (CalibrationMilliseconds * TicksPerSecond / 1000);
    }
}
