using System;
using System.Threading;
using NooksOS.Kernel.Bus.Pci;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>
/// One DMA remapping unit (Intel VT-d specification): from <see cref="TryEnable"/> on no device reaches memory, but those that were attached
/// to a table, and what that says. Use: change tables, then <see cref="TryForget"/>; only when that has returned true does no device reach
/// what was closed. Safe to use from several threads.
/// </summary>
public sealed class RemappingUnit
{
    private const int BusCount = 256;
    private const int WordsPerEntry = 2;
    private const int QueueEntries = 256;
    private const ulong EntryBytes = 16;

    private const int DefaultPolls = 50_000_000;
    private const uint FaultEventMasked = 1u << 31;
    private const uint ProtectedMemoryEnabled = 1u << 31;

    private readonly Lock _sync = new();
    private readonly IRemappingRegisters _registers;
    private readonly ITableMemory _memory;
    private readonly int _polls;
    private readonly ulong[] _contextTables = new ulong[BusCount];
    private ulong _root;
    private ulong _queue;
    private ulong _status;
    private int _tail;
    private uint _lastNumber;
    private bool _isBroken;

    /// <param name="registers">Its registers.</param>
    /// <param name="memory">Where its tables come from.</param>
    /// <param name="polls">How often a register or word of memory is looked at before the unit counts as broken.</param>
    public RemappingUnit(IRemappingRegisters registers, ITableMemory memory, int polls = DefaultPolls)
    {
        _registers = registers;
        _memory = memory;
        _polls = polls;
        Capabilities = new RemappingCapabilities(
            registers.Read64((uint)RemappingRegister.Capability), registers.Read64((uint)RemappingRegister.ExtendedCapability));
    }

    /// <summary>What it can do.</summary>
    public RemappingCapabilities Capabilities { get; }

    /// <summary>How often it had no room for a record.</summary>
    public ulong Overflows { get; private set; }

    /// <summary>Why it cannot be used; null if it can.</summary>
    /// <param name="leastDomains">How many domains it has to tell apart.</param>
    public string? Complaint(int leastDomains)
    {
        RemappingCapabilities can = Capabilities;
        return can.Levels == 0 ? "takes tables of no length that is known"
            : !can.HasQueuedInvalidation ? "has no queue for invalidations"
            : can.NeedsBufferFlush ? "does not see what was written to memory"
            : can.DomainCount < leastDomains ? "tells too few domains apart"
            : can.FaultRecordOffset + ((ulong)can.FaultRecordCount * EntryBytes) > _registers.LengthBytes ? "has its fault records elsewhere"
            : null;
    }

    /// <summary>Keeps every device from memory. False if there is no memory for tables, or the unit does not do as it is told.</summary>
    /// <param name="faultVector">The interrupt that tells of blocked accesses, delivered to the first processor.</param>
    public bool TryEnable(byte faultVector)
    {
        lock (_sync)
        {
            _root = _memory.TryTake();
            _queue = _memory.TryTake();
            _status = _memory.TryTake();
            if (_root == 0 || _queue == 0 || _status == 0 || !TryRest())
            {
                return false;
            }

            _registers.Write64((uint)RemappingRegister.RootTableAddress, _root);
            if (!TryCommand(GlobalCommand.SetRootTable, GlobalCommand.None))
            {
                return false;
            }

            // The unit's head is where ours is: a queue begins at its first entry. The length of one page is the power zero.
            _registers.Write64((uint)RemappingRegister.InvalidationQueueTail, 0);
            _registers.Write64((uint)RemappingRegister.InvalidationQueueAddress, _queue);
            if (!TryCommand(GlobalCommand.QueuedInvalidation, GlobalCommand.None)
                || !TrySubmit(InvalidationDescriptor.AllContexts, InvalidationDescriptor.AllTranslations))
            {
                return false;
            }

            EnableFaultEvent(faultVector);
            if (!TryCommand(GlobalCommand.Translation, GlobalCommand.None))
            {
                return false;
            }

            // Only now: until then it may have been all that kept devices from memory.
            if (Capabilities.HasProtectedMemory)
            {
                uint protectedMemory = _registers.Read32((uint)RemappingRegister.ProtectedMemoryEnable);
                _registers.Write32((uint)RemappingRegister.ProtectedMemoryEnable, protectedMemory & ~ProtectedMemoryEnabled);
            }

            return true;
        }
    }

    /// <summary>Keeps no device from memory any more, where <see cref="TryEnable"/> has failed, or was not called.</summary>
    public void Disable()
    {
        lock (_sync)
        {
            TryRest();
        }
    }

    /// <summary>Lets a device reach what a table says. False if there is no memory for its context, or the unit does not answer.</summary>
    public bool TryAttach(PciAddress device, ulong table, ushort domain)
        => TrySetContext(device, ContextEntry.To(table, Capabilities.Levels, domain), domain);

    /// <summary>
    /// Lets a device reach everything, as if the unit were not there. False if that cannot be, and the device reaches what it did.
    /// </summary>
    public bool TryLetPast(PciAddress device, ushort domain)
        => Capabilities.LetsPast && TrySetContext(device, ContextEntry.ToEverything(Capabilities.Levels, domain), domain);

    /// <summary>
    /// Keeps a device from memory again. Once this returns true, none of its accesses is under way any more. False: it may go on reaching
    /// what it did.
    /// </summary>
    public bool TryDetach(PciAddress device, ushort domain) => TrySetContext(device, default, domain);

    /// <summary>Hears no more of what a device is kept from, which nobody has. False, and nothing changes, if somebody has it by now.</summary>
    public bool TryMute(PciAddress device)
    {
        lock (_sync)
        {
            return !IsAttached(device) && TrySetContext(device, ContextEntry.Muted, 0);
        }
    }

    /// <summary>Whether a device is attached to a table, or let past.</summary>
    public bool IsAttached(PciAddress device) => ContextEntry.IsPresent(ReadContext(device));

    /// <summary>Whether a device reaches everything.</summary>
    public bool IsPast(PciAddress device) => ContextEntry.IsPast(ReadContext(device));

    /// <summary>
    /// Has the unit forget the translations of a domain. Once this returns true, nothing is reached by what was closed before. False: the
    /// unit does not answer, and what was closed may not be used for anything else.
    /// </summary>
    public bool TryForget(ushort domain)
    {
        lock (_sync)
        {
            return TrySubmit(InvalidationDescriptor.TranslationsOf(domain, Capabilities));
        }
    }

    /// <summary>Takes the next record of a blocked access. False if there is none.</summary>
    public bool TryTakeFault(out DmaFaultRecord record)
    {
        lock (_sync)
        {
            for (int index = 0; index < Capabilities.FaultRecordCount; index++)
            {
                uint offset = Capabilities.FaultRecordOffset + ((uint)index * (uint)EntryBytes);
                ulong high = _registers.Read64(offset + sizeof(ulong));
                record = new DmaFaultRecord(_registers.Read64(offset), high);
                if (record.IsValid)
                {
                    _registers.Write64(offset + sizeof(ulong), DmaFaultRecord.Valid);
                    return true;
                }
            }

            // After the records: with the bit set nothing is recorded, so there was room before it is cleared.
            FaultStatus status = (FaultStatus)_registers.Read32((uint)RemappingRegister.FaultStatus);
            if ((status & FaultStatus.Overflow) != 0)
            {
                Overflows++;
                _registers.Write32((uint)RemappingRegister.FaultStatus, (uint)FaultStatus.Overflow);
            }

            record = default;
            return false;
        }
    }

    // Whatever the firmware had it do.
    private bool TryRest()
    {
        GlobalCommand status = Status;
        foreach (GlobalCommand command in (ReadOnlySpan<GlobalCommand>)
            [GlobalCommand.Translation, GlobalCommand.InterruptRemapping, GlobalCommand.QueuedInvalidation])
        {
            if ((status & command) != 0 && !TryCommand(GlobalCommand.None, command))
            {
                return false;
            }
        }

        _registers.Write32((uint)RemappingRegister.FaultStatus, (uint)FaultStatus.Clearable);
        return true;
    }

    private GlobalCommand Status => (GlobalCommand)_registers.Read32((uint)RemappingRegister.GlobalStatus);

    // One at a time, with all that is in force said again: what is not said ends.
    private bool TryCommand(GlobalCommand begins, GlobalCommand ends)
    {
        const GlobalCommand Lasting = GlobalCommand.Translation | GlobalCommand.QueuedInvalidation | GlobalCommand.InterruptRemapping;
        _registers.Write32((uint)RemappingRegister.GlobalCommand, (uint)(((Status & Lasting) | begins) & ~ends));
        for (int poll = 0; poll < _polls; poll++)
        {
            GlobalCommand status = Status;
            if ((status & begins) == begins && (status & ends) == 0)
            {
                return true;
            }

            _registers.Pause();
        }

        return false;
    }

    private void EnableFaultEvent(byte vector)
    {
        const uint FirstProcessor = 0xFEE0_0000;
        _registers.Write32((uint)RemappingRegister.FaultEventControl, FaultEventMasked);
        _registers.Write32((uint)RemappingRegister.FaultEventData, vector);
        _registers.Write32((uint)RemappingRegister.FaultEventAddress, FirstProcessor);
        _registers.Write32((uint)RemappingRegister.FaultEventUpperAddress, 0);
        _registers.Write32((uint)RemappingRegister.FaultEventControl, 0);
    }

    private bool TrySetContext(PciAddress device, in ContextEntry entry, ushort domain)
    {
        lock (_sync)
        {
            ulong table = _contextTables[device.Bus];
            if (table == 0)
            {
                if (entry == default)
                {
                    // No device of the bus was ever attached: there is nothing to take back.
                    return true;
                }

                table = _memory.TryTake();
                if (table == 0)
                {
                    return false;
                }

                _contextTables[device.Bus] = table;
                RootEntry root = RootEntry.To(table);
                WriteEntry(_root, device.Bus, root.Low, root.High);
            }

            int function = (device.Device << 3) | device.Function;

            // Never a mixture of two: absent first. Where only the lower half changes, one store does it, and a device that works sees nothing.
            ulong high = _memory.Get(table)[(function * WordsPerEntry) + 1];
            if (high != entry.High)
            {
                WriteEntry(table, function, 0, high);
                WriteEntry(table, function, 0, entry.High);
            }

            WriteEntry(table, function, entry.Low, entry.High);
            ushort source = (ushort)((device.Bus << 8) | function);

            // A context that was not there is remembered, if at all, as one of the domain zero, which no domain is.
            return (!Capabilities.CachesAbsence || TrySubmit(InvalidationDescriptor.ContextOf(0, source))) && TrySubmit(
                InvalidationDescriptor.ContextOf(domain, source),
                InvalidationDescriptor.TranslationsOf(domain, Capabilities));
        }
    }

    private ulong ReadContext(PciAddress device)
    {
        lock (_sync)
        {
            ulong table = _contextTables[device.Bus];
            return table == 0 ? 0 : _memory.Get(table)[((device.Device << 3) | device.Function) * WordsPerEntry];
        }
    }

    private void WriteEntry(ulong table, int index, ulong low, ulong high)
    {
        Span<ulong> words = _memory.Get(table);
        Volatile.Write(ref words[(index * WordsPerEntry) + 1], high);
        Volatile.Write(ref words[index * WordsPerEntry], low);
        _memory.Publish(table, index * WordsPerEntry, WordsPerEntry);
    }

    // All of it is done when the number appears behind the last.
    private bool TrySubmit(params ReadOnlySpan<InvalidationDescriptor> descriptors)
    {
        if (_isBroken)
        {
            return false;
        }

        foreach (ref readonly InvalidationDescriptor descriptor in descriptors)
        {
            Put(descriptor);
        }

        uint number = ++_lastNumber;
        Put(InvalidationDescriptor.WriteWhenDone(_status, number));

        // The descriptors must be visible before the unit is told of them.
        Interlocked.MemoryBarrier();
        _registers.Write64((uint)RemappingRegister.InvalidationQueueTail, (ulong)_tail * EntryBytes);
        for (int poll = 0; poll < _polls; poll++)
        {
            if ((uint)Volatile.Read(ref _memory.Get(_status)[0]) == number)
            {
                return true;
            }

            _registers.Pause();
        }

        // What it has not done yet it may do at any time: it is not relied on any more.
        _isBroken = true;
        return false;
    }

    private void Put(in InvalidationDescriptor descriptor)
    {
        WriteEntry(_queue, _tail, descriptor.Low, descriptor.High);
        _tail = (_tail + 1) % QueueEntries;
    }
}
