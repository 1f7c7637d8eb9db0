using System;

namespace NooksOS.Extensions.Vfat;

/// <summary>Times as directory entries hold them: two seconds fine, from 1980 to 2107. They are taken for UTC.</summary>
internal static class FatTime
{
    private const int FirstYear = 1980;
    private const int LastYear = 2107;
    private const long TicksPerHundredth = TimeSpan.TicksPerMillisecond * 10;

    /// <summary>From ticks since year 1. Times outside of what FAT can hold become its first or last.</summary>
    public static (ushort Date, ushort Time, byte Hundredths) FromTicks(long ticks)
    {
        DateTime first = new(FirstYear, 1, 1);
        DateTime last = new(LastYear, 12, 31, 23, 59, 59);
        DateTime moment = new(Math.Clamp(ticks, first.Ticks, last.Ticks));
        ushort date = (ushort)(((moment.Year - FirstYear) << 9) | (moment.Month << 5) | moment.Day);
        ushort time = (ushort)((moment.Hour << 11) | (moment.Minute << 5) | (moment.Second / 2));
        return (date, time, (byte)(((moment.Second % 2) * 100) + (moment.Millisecond / 10)));
    }

    /// <summary>To ticks since year 1; zero if there is no such time.</summary>
    public static long ToTicks(ushort date, ushort time, byte hundredths)
    {
        int year = FirstYear + (date >> 9);
        int month = (date >> 5) & 15;
        int day = date & 31;
        int hour = time >> 11;
        int minute = (time >> 5) & 63;
        int second = (time & 31) * 2;
        bool isTime = month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour < 24 && minute < 60 && second < 60 && hundredths < 200;
        return isTime ? new DateTime(year, month, day, hour, minute, second).Ticks + (hundredths * TicksPerHundredth) : 0;
    }
}
