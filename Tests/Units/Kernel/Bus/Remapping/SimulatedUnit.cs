using System;
using System.Collections.Generic;
using NooksOS.Kernel.Bus.Remapping;

namespace NooksOS.Tests.Units.Kernel.Bus.Remapping;

/// <summary>
/// A remapping unit: walks root, context and second-level tables for each access as the specification has it, remembers what it found until
/// it is told to forget, and records what it blocks.
/// </summary>
internal sealed class SimulatedUnit(FakeTables memory, int records = 1) : IRemappingRegisters
{
    private const uint RecordOffset = 0x220;
    private const byte NoRoot = 1;
    private const byte NoContext = 2;
    private const byte NoWrite = 5;
    private const byte NoRead = 6;

    private readonly Dictionary<ushort, (ulong Low, ulong High)> _contexts = [];
    private readonly Dictionary<(uint Domain, ulong Page), ulong> _translations = [];
    private readonly ulong[] _records = new ulong[2 * records];
    private GlobalCommand _status;
    private FaultStatus _faults;
    private ulong _root;
    private ulong _queue;
    private ulong _head;

    public uint LengthBytes => 4096;

    /// <summary>What the unit of QEMU says of itself, with so many fault records.</summary>
    public ulong Capability { get; set; } = 0x00D2_008C_2226_0206 | ((ulong)(records - 1) << 40);

    public ulong ExtendedCapability { get; set; } = 0xF0_0F02;

    /// <summary>Whether it has stopped taking invalidations.</summary>
    public bool IsStuck { get; set; }

    /// <summary>Types of the descriptors that it has taken.</summary>
    public List<int> Taken { get; } = [];

    public int FaultEvents { get; private set; }

    public GlobalCommand Status => _status;

    /// <summary>CM: whether it remembers also what was not there, contexts of that kind as the domain zero's.</summary>
    private bool RemembersAbsence => (Capability & 0x80) != 0;

    /// <summary>A device wants to read or write a page. Returns whether it may.</summary>
    public bool Access(ushort source, ulong address, bool writes)
    {
        if ((_status & GlobalCommand.Translation) == 0)
        {
            return true;
        }

        byte reason = Check(source, address, writes);
        if (reason != 0)
        {
            Record(source, address, writes, reason);
        }

        return reason == 0;
    }

    public uint Read32(uint offsetBytes) => (RemappingRegister)offsetBytes switch
    {
        RemappingRegister.GlobalStatus => (uint)_status,
        RemappingRegister.FaultStatus => (uint)_faults,
        _ => 0,
    };

    public ulong Read64(uint offsetBytes) => (RemappingRegister)offsetBytes switch
    {
        RemappingRegister.Capability => Capability,
        RemappingRegister.ExtendedCapability => ExtendedCapability,
        RemappingRegister.InvalidationQueueHead => _head,
        _ when offsetBytes >= RecordOffset => _records[(offsetBytes - RecordOffset) / 8],
        _ => 0,
    };

    public void Write32(uint offsetBytes, uint value)
    {
        switch ((RemappingRegister)offsetBytes)
        {
            case RemappingRegister.GlobalCommand:
                const GlobalCommand OneTime = GlobalCommand.SetRootTable;
                GlobalCommand command = (GlobalCommand)value;
                _status = (_status & OneTime) | (command & ~OneTime) | (command & OneTime);
                break;
            case RemappingRegister.FaultStatus:
                _faults &= ~((FaultStatus)value & FaultStatus.Clearable);
                break;
        }
    }

    public void Write64(uint offsetBytes, ulong value)
    {
        switch ((RemappingRegister)offsetBytes)
        {
            case RemappingRegister.RootTableAddress:
                _root = value;
                break;
            case RemappingRegister.InvalidationQueueAddress:
                _queue = value;
                _head = 0;
                break;
            case RemappingRegister.InvalidationQueueTail:
                while (_queue != 0 && !IsStuck && _head != value)
                {
                    Take(memory.Get(_queue)[(int)(_head / 8)], memory.Get(_queue)[(int)(_head / 8) + 1]);
                    _head = (_head + 16) % 4096;
                }

                break;
            case var _ when offsetBytes >= RecordOffset && (offsetBytes - RecordOffset) % 16 == 8:
                // Only the bit that says that there is one is cleared, by a one.
                _records[(offsetBytes - RecordOffset) / 8] &= ~(value & DmaFaultRecord.Valid);
                break;
        }
    }

    public void Pause()
    {
    }

    private byte Check(ushort source, ulong address, bool writes)
    {
        if (!_contexts.TryGetValue(source, out (ulong Low, ulong High) context))
        {
            int bus = source >> 8;
            ulong root = memory.Get(_root)[2 * bus];
            if ((root & 1) == 0)
            {
                return NoRoot;
            }

            Span<ulong> table = memory.Get(root & ~0xFFFul);
            context = (table[2 * (source & 0xFF)], table[(2 * (source & 0xFF)) + 1]);
            if ((context.Low & 1) != 0)
            {
                _contexts[source] = context;
            }
            else if (RemembersAbsence)
            {
                _contexts[source] = (context.Low, 0);
            }
        }

        if ((context.Low & 1) == 0)
        {
            return (context.Low & 2) != 0 ? byte.MaxValue : NoContext;
        }

        if ((context.Low & 0xC) == 8)
        {
            return 0;
        }

        uint domain = (uint)(context.High >> 8) & 0xFFFF;
        if (!_translations.TryGetValue((domain, address >> 12), out ulong entry))
        {
            ulong table = context.Low & ~0xFFFul;
            for (int level = (int)(context.High & 7) + 1; level >= 0; level--)
            {
                entry = memory.Get(table)[(int)(address >> (12 + (9 * level))) & 511];
                if ((entry & 3) == 0)
                {
                    break;
                }

                table = entry & 0x000F_FFFF_FFFF_F000;
            }

            if ((entry & 3) != 0 || RemembersAbsence)
            {
                _translations[(domain, address >> 12)] = entry;
            }
        }

        return writes ? (entry & 2) == 0 ? NoWrite : (byte)0 : (entry & 1) == 0 ? NoRead : (byte)0;
    }

    private void Record(ushort source, ulong address, bool writes, byte reason)
    {
        if (reason == byte.MaxValue || (_faults & FaultStatus.Overflow) != 0)
        {
            return;
        }

        for (int index = 0; index < records; index++)
        {
            if ((_records[(2 * index) + 1] & DmaFaultRecord.Valid) == 0)
            {
                _records[2 * index] = address & ~0xFFFul;
                _records[(2 * index) + 1] = DmaFaultRecord.Valid | (writes ? 0 : 1UL << 62) | ((ulong)reason << 32) | source;
                FaultEvents++;
                return;
            }
        }

        _faults |= FaultStatus.Overflow;
    }

    private void Take(ulong low, ulong high)
    {
        Taken.Add((int)(low & 15));
        uint domain = (uint)(low >> 16) & 0xFFFF;
        int extent = (int)(low >> 4) & 3;
        switch (low & 15)
        {
            case 1 when extent == 1:
                _contexts.Clear();
                break;
            case 1 when _contexts.TryGetValue((ushort)(low >> 32), out (ulong Low, ulong High) known) && (ushort)(known.High >> 8) == domain:
                _contexts.Remove((ushort)(low >> 32));
                break;
            case 2:
                foreach ((uint Domain, ulong Page) key in _translations.Keys)
                {
                    if (extent == 1 || key.Domain == domain)
                    {
                        _translations.Remove(key);
                    }
                }

                break;
            case 5:
                memory.Get(high & ~0xFFFul)[(int)(high & 0xFFF) / 8] = low >> 32;
                break;
        }
    }
}
