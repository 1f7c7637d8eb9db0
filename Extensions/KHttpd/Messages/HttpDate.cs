using System;

namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>HTTP-date (RFC 9110 §5.6.7) as whole seconds since 1970-01-01 UTC.</summary>
internal static class HttpDate
{
    /// <summary>Length of the form that is written, IMF-fixdate.</summary>
    public const int LengthBytes = 29;

    private const string DayNames = "SunMonTueWedThuFriSat";
    private const string MonthNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private const int NameLength = 3;

    /// <summary>Writes <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    public static void Format(long seconds, Span<byte> destination)
    {
        DateTime time = DateTime.UnixEpoch.AddSeconds(seconds);
        WriteName(destination, DayNames, (int)time.DayOfWeek);
        ", 00 "u8.CopyTo(destination[3..]);
        WriteNumber(destination.Slice(5, 2), time.Day);
        WriteName(destination[8..], MonthNames, time.Month - 1);
        " 0000 00:00:00 GMT"u8.CopyTo(destination[11..]);
        WriteNumber(destination.Slice(12, 4), time.Year);
        WriteNumber(destination.Slice(17, 2), time.Hour);
        WriteNumber(destination.Slice(20, 2), time.Minute);
        WriteNumber(destination.Slice(23, 2), time.Second);
    }

    /// <summary>Reads any of the three forms that a recipient must take.</summary>
    /// <param name="text">The field's value.</param>
    /// <param name="nowSeconds">The time now, by which a year of two digits is understood.</param>
    /// <param name="seconds">The date.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, long nowSeconds, out long seconds)
    {
        int comma = text.IndexOf((byte)',');
        if (comma < 0)
        {
            // asctime: Sun Nov  6 08:49:37 1994
            return TryRead(text, "NNN JJJ dd hh:mm:ss yyyy", nowSeconds, out seconds);
        }

        if (comma == NameLength)
        {
            return TryRead(text, "NNN, dd JJJ yyyy hh:mm:ss GMT", nowSeconds, out seconds);
        }

        // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
        return TryRead(text[comma..], ", dd-JJJ-yy hh:mm:ss GMT", nowSeconds, out seconds);
    }

    // In a form, N is any letter, JJJ the name of a month, and d, y, h, m, s are digits; the rest stands for itself.
    private static bool TryRead(ReadOnlySpan<byte> text, string form, long nowSeconds, out long seconds)
    {
        seconds = 0;
        if (text.Length != form.Length)
        {
            return false;
        }

        int month = 0;
        int day = 0;
        int year = 0;
        int hour = 0;
        int minute = 0;
        int second = 0;
        for (int index = 0; index < form.Length; index++)
        {
            bool fits = form[index] switch
            {
                'N' => (text[index] | 0x20) is >= 'a' and <= 'z',
                'J' => form[index - 1] == 'J' || TryFindMonth(text[index..], out month),
                'd' => TryAddDigit(text[index], ref day) || (day == 0 && text[index] == (byte)' '),
                'y' => TryAddDigit(text[index], ref year),
                'h' => TryAddDigit(text[index], ref hour),
                'm' => TryAddDigit(text[index], ref minute),
                's' => TryAddDigit(text[index], ref second),
                char literal => text[index] == literal,
            };
            if (!fits)
            {
                return false;
            }
        }

        if (form.Contains("-yy ", StringComparison.Ordinal))
        {
            year = ExpandYear(year, nowSeconds);
        }

        // A leap second is a valid date and is taken for the second before it.
        second = Math.Min(second, 59);
        if (year is 0 || month is 0 || day is 0 || hour > 23 || minute > 59 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        DateTime time = new(year, month, day, hour, minute, second, DateTimeKind.Utc);
        seconds = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        return true;
    }

    // The last year with these digits that does not lie more than 50 years ahead.
    private static int ExpandYear(int twoDigits, long nowSeconds)
    {
        int latest = DateTime.UnixEpoch.AddSeconds(nowSeconds).Year + 50;
        return latest - ((latest - twoDigits) % 100);
    }

    private static bool TryAddDigit(byte digit, ref int number)
    {
        if (!Characters.IsDigit(digit))
        {
            return false;
        }

        number = (number * 10) + (digit - '0');
        return true;
    }

    private static bool TryFindMonth(ReadOnlySpan<byte> text, out int month)
    {
        for (month = 1; month <= MonthNames.Length / NameLength; month++)
        {
            ReadOnlySpan<char> name = MonthNames.AsSpan((month - 1) * NameLength, NameLength);
            if (text[0] == name[0] && text[1] == name[1] && text[2] == name[2])
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteName(Span<byte> destination, string names, int index)
    {
        for (int letter = 0; letter < NameLength; letter++)
        {
            destination[letter] = (byte)names[(index * NameLength) + letter];
        }
    }

    private static void WriteNumber(Span<byte> destination, int number)
    {
        for (int index = destination.Length - 1; index >= 0; index--)
        {
            destination[index] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}
