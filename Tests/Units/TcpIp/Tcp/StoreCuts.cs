using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>
/// Kills an instance of the stack between any two of its stores to a block. What it changes from one access to the next is one commit; of
/// that some fields are put back, as if the instance had died before it wrote them.
/// </summary>
internal sealed class StoreCuts
{
    private const int GenerationOffset = 0;
    private const int ChecksumOffset = 4;
    private const int StateOffset = 64;

    // Subsets of the fields of one commit that are tried at most: of the first commit, which counts for nothing before its end.
    private const int MostSubsets = 40;

    // Fields of the stack's half, in their order.
    private static readonly (int Offset, int Length)[] s_fields =
    [
        (GenerationOffset, 4), (ChecksumOffset, 4), (8, 4), (12, 4), (16, 2), (18, 2), (20, 4), (24, 4), (28, 2), (30, 1), (31, 1),
        (32, 4), (36, 4), (StateOffset, 4), (68, 4), (72, 4), (76, 4), (80, 8), (88, 8), (96, 8), (104, 8),
    ];

    private readonly TcpHost _host;
    private readonly Dictionary<uint, byte[]> _before = [];
    private readonly int _access;
    private readonly int _variant;
    private int _accesses;

    private StoreCuts(TcpHost host, int access, int variant)
    {
        _host = host;
        _access = access;
        _variant = variant;
        host.Memory.Accessed = Note;
    }

    /// <summary>Whether the instance was killed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>In how many ways the commit can be cut that was made last before the access; the last way is not at all.</summary>
    public int Variants { get; private set; } = 1;

    /// <summary>Kills the instance of a host at an access to a block, with the commit before it cut in one of its ways.</summary>
    public static StoreCuts Arm(TcpHost host, int access, int variant) => new(host, access, variant);

    private void Note()
    {
        if (++_accesses != _access)
        {
            Remember();
            return;
        }

        _host.Memory.Accessed = null;
        IsDone = true;
        List<(uint Block, int Field)> changed = [];
        foreach (uint block in _host.Memory.Used)
        {
            byte[] before = _before.TryGetValue(block, out byte[]? known) ? known : new byte[Half(block).Length];
            changed.AddRange(Enumerable.Range(0, s_fields.Length).Where(field => !Same(before, Half(block), field)).Select(field => (block, field)));
        }

        List<(uint Block, int Field)[]> unwritten = Cut(changed);
        Variants = unwritten.Count;
        foreach ((uint block, int field) in unwritten[_variant])
        {
            (int offset, int length) = s_fields[field];
            byte[] before = _before.TryGetValue(block, out byte[]? known) ? known : new byte[Half(block).Length];
            before.AsSpan(offset, length).CopyTo(Half(block)[offset..]);
        }

        throw new InstanceKilledException();
    }

    // What may not have been written yet. What commits is written last, and before it the checksum; the order of all else is the compiler's.
    private static List<(uint Block, int Field)[]> Cut(List<(uint Block, int Field)> changed)
    {
        (uint, int)[] last = [.. changed.Where(change => s_fields[change.Field].Offset is GenerationOffset)];
        last = last.Length != 0 ? last : [.. changed.Where(change => s_fields[change.Field].Offset is StateOffset)];
        (uint, int)[] sum = [.. changed.Where(change => s_fields[change.Field].Offset is ChecksumOffset).Except(last)];
        (uint, int)[] others = [.. changed.Except(last).Except(sum)];
        List<(uint, int)[]> cuts = [];
        Random random = new(others.Length);
        int subsets = others.Length < 5 ? 1 << others.Length : MostSubsets;
        for (int subset = 1; subset < subsets; subset++)
        {
            int bits = others.Length < 5 ? subset : random.Next(1, 1 << others.Length);
            cuts.Add([.. others.Where((_, index) => (bits & (1 << index)) != 0), .. sum, .. last]);
        }

        cuts.Add([.. sum, .. last]);
        cuts.Add(last);
        cuts.Add([]);
        return cuts;
    }

    private static bool Same(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now, int field)
        => before.Slice(s_fields[field].Offset, s_fields[field].Length).SequenceEqual(now.Slice(s_fields[field].Offset, s_fields[field].Length));

    private Span<byte> Half(uint block) => _host.Memory.Peek(block).Slice(ConnectionBlock.HalfBytes, 112);

    private void Remember()
    {
        foreach (uint block in _host.Memory.Used)
        {
            _before[block] = Half(block).ToArray();
        }
    }
}
