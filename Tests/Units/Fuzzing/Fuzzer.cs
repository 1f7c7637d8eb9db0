using System;
using System.Collections.Generic;
using System.Linq;

namespace NooksOS.Tests.Units.Fuzzing;

/// <summary>
/// Feeds mutated inputs to a target, and goes on from those that reached something new, as AFL does. The same seed makes the same
/// run.
/// </summary>
internal sealed class Fuzzer
{
    private const int MaximumMutations = 6;

    private readonly Random _random;
    private readonly byte[][] _dictionary;
    private readonly List<byte[]> _corpus;
    private readonly byte[] _hits;
    private readonly byte[] _seen;
    private readonly int _maximumBytes;

    /// <param name="seed">Decides everything.</param>
    /// <param name="examples">What to begin with.</param>
    /// <param name="dictionary">Pieces that mean something to the target.</param>
    /// <param name="hits">How often each block is entered.</param>
    /// <param name="maximumBytes">No input is longer.</param>
    public Fuzzer(int seed, IEnumerable<byte[]> examples, IEnumerable<byte[]> dictionary, byte[] hits, int maximumBytes)
    {
        _random = new Random(seed);
        _corpus = [.. examples];
        _dictionary = [.. dictionary];
        _hits = hits;
        _seen = new byte[hits.Length];
        _maximumBytes = maximumBytes;
    }

    /// <summary>Inputs that reached something new, the examples first.</summary>
    public IReadOnlyList<byte[]> Corpus => _corpus;

    /// <summary>How many blocks were entered so far.</summary>
    public int BlocksReached => _seen.Count(seen => seen != 0);

    /// <summary>Runs the examples as they are, and then so many mutations.</summary>
    public void Run(Action<byte[]> target, int mutations)
    {
        foreach (byte[] example in _corpus)
        {
            Try(target, example);
        }

        for (int count = 0; count < mutations; count++)
        {
            byte[] input = Mutate();
            if (Try(target, input))
            {
                _corpus.Add(input);
            }
        }
    }

    // Whether the input reached a block, or a magnitude of visits to one, that none before did.
    private bool Try(Action<byte[]> target, byte[] input)
    {
        Array.Clear(_hits);
        try
        {
            target(input);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed on {Convert.ToHexString(input)}: {exception.Message}", exception);
        }

        bool isNew = false;
        for (int block = 0; block < _hits.Length; block++)
        {
            byte magnitude = MagnitudeOf(_hits[block]);
            isNew |= (magnitude & ~_seen[block]) != 0;
            _seen[block] |= magnitude;
        }

        return isNew;
    }

    private static byte MagnitudeOf(byte visits) => visits switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };

    private byte[] Mutate()
    {
        List<byte> input = [.. Pick(_corpus)];
        for (int count = _random.Next(MaximumMutations) + 1; count > 0; count--)
        {
            int position = _random.Next(input.Count + 1);
            int length = Math.Min(1 << _random.Next(8), input.Count - position);
            switch (_random.Next(8))
            {
                case 0 when length != 0:
                    input[position] ^= (byte)(1 << _random.Next(8));
                    break;
                case 1 when length != 0:
                    input[position] = (byte)_random.Next(256);
                    break;
                case 2:
                    input.RemoveRange(position, length);
                    break;
                case 3:
                    input.InsertRange(_random.Next(input.Count + 1), [.. input.GetRange(position, length)]);
                    break;
                case 4:
                    byte[] other = Pick(_corpus);
                    int start = _random.Next(other.Length + 1);
                    input.RemoveRange(position, input.Count - position);
                    input.AddRange(other[start..]);
                    break;
                case 5 when length != 0:
                    input.InsertRange(position, Enumerable.Repeat(input[position], 1 << _random.Next(14)));
                    break;
                default:
                    input.InsertRange(position, Pick(_dictionary));
                    break;
            }
        }

        return input.Count > _maximumBytes ? [.. input.GetRange(0, _maximumBytes)] : [.. input];
    }

    private byte[] Pick(IReadOnlyList<byte[]> from) => from[_random.Next(from.Count)];
}
