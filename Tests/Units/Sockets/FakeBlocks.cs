using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Sockets;

/// <summary>Connection memory on the host's heap. What is not taken is not there.</summary>
internal sealed class FakeBlocks(uint limit) : IConnectionBlocks, IConnectionMemory
{
    private readonly Dictionary<uint, byte[]> _taken = [];

    public uint Limit => limit;

    public uint BlockLimit => limit;

    public int Taken => _taken.Count;

    public bool IsShort { get; set; }

    /// <summary>Whether the blocks that are taken from now on are large ones.</summary>
    public bool IsLarge { get; set; }

    public bool TryTake(out uint block)
    {
        for (block = 0; block < limit && !IsShort; block++)
        {
            if (!_taken.ContainsKey(block))
            {
                byte[] memory = new byte[IsLarge ? ConnectionBlock.LargeBlockBytes : ConnectionBlock.SmallBlockBytes];
                memory.AsSpan().Fill(0xCC);
                _taken.Add(block, memory);
                return true;
            }
        }

        return false;
    }

    public void Return(uint block)
    {
        if (!_taken.Remove(block))
        {
            throw new InvalidOperationException("A block was given back that nobody has.");
        }
    }

    public Span<byte> Get(uint block) => _taken[block];

    public Span<byte> GetBlock(uint block) => _taken[block];

    public long Trim(long nowNanoseconds) => long.MaxValue;
}
