using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>A contract that the kernel offers, with a method of each shape.</summary>
[Contract(41, CallDirection.ExtensionToKernel)]
public interface ISampleHost
{
    /// <summary>Nothing but a status.</summary>
    CallResult Nothing();

    /// <summary>Values in, a structure out.</summary>
    CallResult<Point> Values(bool flag, Color color, Options options, Handle<TrackedObjects.Timer> timer, Point point);

    /// <summary>A truth value out.</summary>
    CallResult<bool> IsOdd(uint number);

    /// <summary>A span in.</summary>
    CallResult Write([MaximumLength(100)] ReadOnlySpan<uint> numbers);

    /// <summary>A span out, and how much of it.</summary>
    CallResult<uint> Count([MaximumLength(100), Output] Span<uint> numbers, uint until);

    /// <summary>A span both ways and one in.</summary>
    CallResult<int> Mix([MaximumLength(5000)] Span<byte> buffer, [MaximumLength(8)] ReadOnlySpan<Point> points, int @event);
}
