using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>A contract that an extension offers, with a method of each shape.</summary>
[Contract(40, CallDirection.KernelToExtension, Version = 3)]
public interface ISampleDevice
{
    /// <summary>Nothing but a status.</summary>
    CallResult Nothing();

    /// <summary>Values in, a structure out.</summary>
    CallResult<Point> Values(bool flag, sbyte small, Color color, Handle<TrackedObjects.Timer> timer, double fraction, Point point);

    /// <summary>A truth value out.</summary>
    CallResult<bool> IsOdd(uint number);

    /// <summary>An enumeration out.</summary>
    CallResult<Color> Paint(byte number);

    /// <summary>A span in.</summary>
    CallResult<uint> Sum([MaximumLength(100)] ReadOnlySpan<uint> numbers);

    /// <summary>A span out, and how much of it.</summary>
    CallResult<uint> Count([MaximumLength(100), Output] Span<uint> numbers, uint until);

    /// <summary>A span out, all of it.</summary>
    CallResult Fill([MaximumLength(64), Output] Span<byte> bytes, byte value);

    /// <summary>A span both ways, one in, and names that generated code uses itself.</summary>
    CallResult<int> Mix([MaximumLength(64)] Span<byte> buffer, [MaximumLength(8)] ReadOnlySpan<Point> status, int @event);
}
