using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>The kernel's side of a sample.</summary>
public sealed class SampleHost : ISampleHost
{
    /// <summary>What was asked.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What <see cref="Nothing"/> answers.</summary>
    public Func<CallResult> Answer { get; set; } = () => CallResult.Ok;

    /// <inheritdoc/>
    public CallResult Nothing() => Answer();

    /// <inheritdoc/>
    public CallResult<Point> Values(bool flag, Color color, Options options, Handle<TrackedObjects.Timer> timer, Point point)
    {
        Calls.Add($"{flag} {color} {options} {timer.Slot}.{timer.Generation} {point.Layer},{point.X},{point.Y}");
        return CallResult<Point>.Ok(new Point((byte)(point.Layer + 1), -point.X, (short)(point.Y - 1)));
    }

    /// <inheritdoc/>
    public CallResult<bool> IsOdd(uint number) => CallResult<bool>.Ok((number & 1) != 0);

    /// <inheritdoc/>
    public CallResult Write(ReadOnlySpan<uint> numbers)
    {
        Calls.Add(string.Join(' ', numbers.ToArray()));
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<uint> Count(Span<uint> numbers, uint until) => Counting.Count(numbers, until);

    /// <inheritdoc/>
    public CallResult<int> Mix(Span<byte> buffer, ReadOnlySpan<Point> points, int @event) => Mixing.Mix(buffer, points, @event);
}
