using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>Connection blocks as the kernel keeps them: they outlive every instance of the stack, and only those in use are there.</summary>
internal sealed class BlockMemory(uint blockLimit = 64) : IConnectionMemory
{
    private readonly Dictionary<uint, byte[]> _blocks = [];
    private uint _generation;

    public uint BlockLimit => blockLimit;

    /// <summary>Blocks in use.</summary>
    public IEnumerable<uint> Used => _blocks.Keys;

    public int Count => _blocks.Count;

    /// <summary>Called with each access of the stack, which every change of a block begins with.</summary>
    public Action? Accessed { get; set; }

    public Span<byte> GetBlock(uint block)
    {
        Accessed?.Invoke();
        return _blocks[block];
    }

    /// <summary>The same for the kernel.</summary>
    public Span<byte> Peek(uint block) => _blocks[block];

    public bool TryAllocate(out uint block)
    {
        for (block = 0; block < blockLimit; block++)
        {
            if (!_blocks.ContainsKey(block))
            {
                _blocks[block] = new byte[ConnectionBlock.SmallBlockBytes];
                ConnectionBlock bytes = new(_blocks[block]);
                bytes.Kernel.Magic = ConnectionBlock.Magic;
                bytes.Kernel.Format = ConnectionBlock.Format;
                bytes.Kernel.Generation = ++_generation;
                return true;
            }
        }

        return false;
    }

    public void Free(uint block) => _blocks.Remove(block);
}
