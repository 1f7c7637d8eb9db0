using System;
using System.Runtime;

namespace NooksOS.Kernel.Cpu;

/// <summary>Date and time: read once from the CMOS clock (Motorola MC146818), then carried on by <see cref="Clock"/>.</summary>
public static class RealTimeClock
{
    private const ushort IndexPort = 0x70;
    private const ushort DataPort = 0x71;
    private const byte UpdateInProgress = 0x80;
    private const byte BinaryMode = 0x04;
    private const long NanosecondsPerTick = 100;
    private const int Century = 2000;

    private static long s_ticksAtBoot;

    private enum Register : byte
    {
        Seconds = 0x00,
        Minutes = 0x02,
        Hours = 0x04,
        Day = 0x07,
        Month = 0x08,
        Year = 0x09,
        StatusA = 0x0A,
        StatusB = 0x0B,
    }

    /// <summary>Reads the clock. The hours must be in 24-hour mode, as every firmware sets them.</summary>
    public static void Initialize()
    {
        while ((Read(Register.StatusA) & UpdateInProgress) != 0)
        {
            Processor.Pause();
        }

        try
        {
            DateTime now = new(
                Century + ReadNumber(Register.Year),
                ReadNumber(Register.Month),
                ReadNumber(Register.Day),
                ReadNumber(Register.Hours),
                ReadNumber(Register.Minutes),
                ReadNumber(Register.Seconds),
                DateTimeKind.Utc);
            s_ticksAtBoot = now.Ticks - (Clock.Nanoseconds / NanosecondsPerTick);
        }
        catch (ArgumentOutOfRangeException)
        {
            // A clock that was never set counts from its epoch.
            s_ticksAtBoot = new DateTime(Century, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        }
    }

    [RuntimeExport("PlatformGetUtcTicks")]
    private static long GetUtcTicks() => s_ticksAtBoot + (Clock.Nanoseconds / NanosecondsPerTick);

    private static int ReadNumber(Register register)
    {
        byte value = Read(register);
        return (Read(Register.StatusB) & BinaryMode) != 0 ? value : ((value >> 4) * 10) + (value & 15);
    }

    private static byte Read(Register register)
    {
        PortIo.Write8(IndexPort, (byte)register);
        return PortIo.Read8(DataPort);
    }
}
