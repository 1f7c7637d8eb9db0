using System;
using System.Numerics;
using NooksOS.Contracts;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Finds the slot of a table by flow. Of fixed size; the function that spreads the flows is secret, so that nobody can choose flows
/// that all fall into one chain.
/// </summary>
internal sealed class FlowIndex
{
    private const int None = -1;

    private readonly SipHash _hash;
    private readonly int[] _chains;
    private readonly int[] _next;
    private readonly TcpFlow[] _flows;

    /// <param name="capacity">Slots of the table.</param>
    /// <param name="hash">Keyed with a secret.</param>
    public FlowIndex(int capacity, SipHash hash)
    {
        _hash = hash;
        _chains = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 2))];
        _next = new int[capacity];
        _flows = new TcpFlow[capacity];
        _chains.AsSpan().Fill(None);
    }

    /// <summary>How many flows are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The slot of a flow, or -1.</summary>
    public int Find(in TcpFlow flow)
    {
        int slot = _chains[ChainOf(flow)];
        while (slot != None && _flows[slot] != flow)
        {
            slot = _next[slot];
        }

        return slot;
    }

    /// <summary>Adds a flow that is not there, in a slot that is not used.</summary>
    public void Add(in TcpFlow flow, int slot)
    {
        ref int chain = ref _chains[ChainOf(flow)];
        _flows[slot] = flow;
        _next[slot] = chain;
        chain = slot;
        Count++;
    }

    /// <summary>Removes the flow of a slot, if it is there.</summary>
    public void Remove(int slot)
    {
        int chain = ChainOf(_flows[slot]);
        int before = None;
        for (int current = _chains[chain]; current != None; before = current, current = _next[current])
        {
            if (current != slot)
            {
                continue;
            }

            if (before == None)
            {
                _chains[chain] = _next[slot];
            }
            else
            {
                _next[before] = _next[slot];
            }

            Count--;
            return;
        }
    }

    private int ChainOf(in TcpFlow flow) => (int)(_hash.Spread(flow) & (uint)(_chains.Length - 1));
}
