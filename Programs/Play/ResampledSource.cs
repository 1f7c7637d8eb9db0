using System;

namespace NooksOS.Programs.Play;

/// <summary>
/// A source at another rate. The place of each output frame is computed in whole numbers, so it does not drift however long the
/// source is.
/// </summary>
internal sealed class ResampledSource : IFrameSource
{
    private const int RoundFrames = 1024;

    private readonly IFrameSource _source;
    private readonly ResamplingFilter _filter;
    private readonly short[] _window;
    private readonly ulong _step;
    private readonly ulong _unit;
    private ulong _output;
    private ulong _inputEnd;
    private long _first;
    private int _count;
    private bool _isAtEnd;

    private ResampledSource(IFrameSource source, uint framesPerSecond)
    {
        _source = source;
        FramesPerSecond = framesPerSecond;
        _filter = new ResamplingFilter(source.FramesPerSecond, framesPerSecond);
        _window = new short[2 * (_filter.Width + RoundFrames)];
        ulong divisor = GreatestCommonDivisor(source.FramesPerSecond, framesPerSecond);
        _step = source.FramesPerSecond / divisor;
        _unit = framesPerSecond / divisor;

        // Before the first frame there is silence.
        _first = 1 - _filter.HalfWidth;
        _count = _filter.HalfWidth - 1;
    }

    /// <inheritdoc/>
    public uint FramesPerSecond { get; }

    /// <summary>The source itself if it has that rate already, bit for bit; or the same at the other rate.</summary>
    public static IFrameSource At(uint framesPerSecond, IFrameSource source)
        => source.FramesPerSecond == framesPerSecond ? source : new ResampledSource(source, framesPerSecond);

    /// <inheritdoc/>
    public int Read(Span<short> samples)
    {
        int done = 0;
        while (done < samples.Length / 2)
        {
            ulong place = _output * _step;
            ulong frame = place / _unit;
            if (!TryReach((long)frame + _filter.HalfWidth + 1) || (_isAtEnd && frame >= _inputEnd))
            {
                break;
            }

            int start = (int)((long)frame - _filter.HalfWidth + 1 - _first);
            _filter.Apply(
                _window.AsSpan(2 * start, 2 * _filter.Width),
                (double)(place % _unit) / _unit,
                out samples[2 * done],
                out samples[(2 * done) + 1]);
            _output++;
            done++;
        }

        return done;
    }

    private static ulong GreatestCommonDivisor(ulong left, ulong right) => right == 0 ? left : GreatestCommonDivisor(right, left % right);

    // Reads until the window holds the frames before one; behind the end there is silence. False when all of them are silent.
    private bool TryReach(long end)
    {
        while (_first + _count < end)
        {
            long needed = (long)(_output * _step / _unit) - _filter.HalfWidth + 1;
            int spare = (int)Math.Clamp(needed - _first, 0, _count);
            _window.AsSpan(2 * spare, 2 * (_count - spare)).CopyTo(_window);
            _first += spare;
            _count -= spare;
            Span<short> room = _window.AsSpan(2 * _count);
            int read = _isAtEnd ? 0 : _source.Read(room[..(2 * Math.Min(RoundFrames, room.Length / 2))]);
            _inputEnd += (ulong)read;
            if (read == 0)
            {
                _isAtEnd = true;
                if (_first + _count >= (long)_inputEnd + _filter.Width)
                {
                    return false;
                }

                read = Math.Min(room.Length / 2, (int)(end - _first) - _count);
                room[..(2 * read)].Clear();
            }

            _count += read;
        }

        return true;
    }
}
