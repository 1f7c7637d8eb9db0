using System;
using System.Globalization;

namespace NooksOS.Recovery.Commands;

/// <summary>How values are written in tables and documents.</summary>
internal static class Words
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>The name of an enumeration's value, in camel case.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));
    }

    /// <summary>An address, or null.</summary>
    public static string? Address(ulong? address)
        => address is { } value ? "0x" + value.ToString("x", CultureInfo.InvariantCulture) : null;

    /// <summary>A time in milliseconds with three digits, or null.</summary>
    public static double? Milliseconds(long? nanoseconds)
        => nanoseconds is { } value ? Math.Round(value / NanosecondsPerMillisecond, 3) : null;

    /// <summary>A time in milliseconds as text.</summary>
    public static string MillisecondsText(long nanoseconds)
        => (nanoseconds / NanosecondsPerMillisecond).ToString("F3", CultureInfo.InvariantCulture);
}
