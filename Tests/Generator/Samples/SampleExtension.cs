using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>An extension whose methods a test can fill in.</summary>
public sealed class SampleExtension : IExtension, ISampleDevice
{
    /// <summary>What every method does first.</summary>
    public Action<string> OnCall { get; set; } = _ => { };

    /// <summary>What <see cref="Nothing"/> answers.</summary>
    public CallResult Answer { get; set; } = CallResult.Ok;

    /// <summary>What the kernel gave at the start.</summary>
    public IExtensionServices? Services { get; private set; }

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        Services = services;
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Stop() => CallResult.Ok;

    /// <inheritdoc/>
    public CallResult Nothing()
    {
        OnCall(nameof(Nothing));
        return Answer;
    }

    /// <inheritdoc/>
    public CallResult<Point> Values(bool flag, sbyte small, Color color, Handle<TrackedObjects.Timer> timer, double fraction, Point point)
    {
        OnCall($"{flag} {small} {color} {timer.Slot}.{timer.Generation} {fraction} {point.Layer},{point.X},{point.Y}");
        return CallResult<Point>.Ok(new Point((byte)(point.Layer + 1), -point.X, (short)(point.Y - 1)));
    }

    /// <inheritdoc/>
    public CallResult<bool> IsOdd(uint number) => CallResult<bool>.Ok((number & 1) != 0);

    /// <inheritdoc/>
    public CallResult<Color> Paint(byte number) => CallResult<Color>.Ok((Color)number);

    /// <inheritdoc/>
    public CallResult<uint> Sum(ReadOnlySpan<uint> numbers)
    {
        OnCall(nameof(Sum));
        uint sum = 0;
        foreach (uint number in numbers)
        {
            sum += number;
        }

        return CallResult<uint>.Ok(sum);
    }

    /// <inheritdoc/>
    public CallResult<uint> Count(Span<uint> numbers, uint until) => Counting.Count(numbers, until);

    /// <inheritdoc/>
    public CallResult Fill(Span<byte> bytes, byte value)
    {
        OnCall(string.Join(' ', bytes.ToArray()));
        bytes.Fill(value);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<int> Mix(Span<byte> buffer, ReadOnlySpan<Point> status, int @event) => Mixing.Mix(buffer, status, @event);
}
