using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;

namespace NooksOS.Isolation;

/// <summary>
/// What the devices of a domain reach: the pages that were opened and not closed again, at their physical addresses. Devices are attached when
/// they are claimed and detached before anything that they could reach is freed. Safe to use from several threads.
/// <para>
/// A domain that runs without protection has none here either, as if there were no unit: what is open is kept count of, for when it is
/// protected again.
/// </para>
/// <para>
/// If a unit does not answer, the domain's devices lose the bus instead, for good: nothing is freed that a device could still reach.
/// </para>
/// </summary>
public sealed class DmaFence
{
    // Tables that have become empty are kept up to here: what a disk is given next lies close to what it was given before.
    private const int KeptTablePages = 64;

    private readonly Lock _sync = new();
    private readonly SecondLevelTable _table;
    private readonly ushort _number;
    private readonly Func<PciDevice, RemappingUnit?> _findUnit;
    private readonly List<RemappingUnit> _units = [];
    private readonly List<PciDevice> _devices = [];
    private bool _isForgetDue;
    private bool _isFreed;

    private DmaFence(SecondLevelTable table, ushort number, Func<PciDevice, RemappingUnit?> findUnit)
    {
        _table = table;
        _number = number;
        _findUnit = findUnit;
    }

    /// <summary>Whether a unit has stopped answering: the domain's devices must not have the bus.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether devices reach everything, because the domain runs without protection.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Pages that its tables take.</summary>
    public int TablePages
    {
        get
        {
            lock (_sync)
            {
                return _table.PageCount;
            }
        }
    }

    /// <summary>Makes one that lets nothing through. Null if there is no memory.</summary>
    /// <param name="memory">Where its tables come from.</param>
    /// <param name="levels">How many levels they have.</param>
    /// <param name="number">What units tell the domain by; no other one has it.</param>
    /// <param name="findUnit">The unit that a device's accesses pass; null for none.</param>
    public static DmaFence? TryMake(ITableMemory memory, int levels, ushort number, Func<PciDevice, RemappingUnit?> findUnit)
        => SecondLevelTable.TryMake(memory, levels) is { } table ? new DmaFence(table, number, findUnit) : null;

    /// <summary>Lets a device reach what is open, and no more. False if that cannot be.</summary>
    public bool TryAttach(PciDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (_sync)
        {
            if (IsBroken || _isFreed || _findUnit(device) is not { } unit)
            {
                return false;
            }

            if (!_units.Contains(unit))
            {
                _units.Add(unit);
            }

            // What the firmware or the last owner left under way is not this domain's.
            device.SetBusMaster(false);
            _devices.Add(device);
            if (TrySet(device, unit))
            {
                return true;
            }

            Detach(device, unit);
            return false;
        }
    }

    /// <summary>Keeps a device from all memory. False if its unit does not say that it has: then it has to be kept from the bus.</summary>
    public bool TryDetach(PciDevice device)
    {
        lock (_sync)
        {
            return _findUnit(device) is { } unit && Detach(device, unit);
        }
    }

    /// <summary>Has devices reach everything from now on, or only what is open.</summary>
    public void SetOpen(bool isOpen)
    {
        lock (_sync)
        {
            IsOpen = isOpen;
            foreach (PciDevice device in _devices)
            {
                if (_findUnit(device) is { } unit && !TrySet(device, unit))
                {
                    Break();
                }
            }
        }
    }

    /// <summary>Opens pages to the domain's devices. False, and nothing is opened, if there is no memory for tables.</summary>
    public bool TryOpen(ulong address, ulong pageCount, DeviceAccess access)
    {
        lock (_sync)
        {
            if (_isFreed)
            {
                return false;
            }

            bool isOpen = _table.TryOpen(address, pageCount, access);
            if (isOpen && !_units.Exists(unit => unit.Capabilities.CachesAbsence))
            {
                return true;
            }

            // Opened, it may be remembered as what was not there. Not opened, part of it was for a moment, and a device may have found that: whoever
            // asked frees the memory now.
            if (TryForget() && isOpen)
            {
                return true;
            }

            _table.Close(address, isOpen ? pageCount : 0);
            return false;
        }
    }

    /// <summary>Closes pages. Until <see cref="Settle"/> has returned devices may still reach them.</summary>
    public void Close(ulong address, ulong pageCount)
    {
        lock (_sync)
        {
            if (!_isFreed)
            {
                _table.Close(address, pageCount);
                _isForgetDue = true;
            }
        }
    }

    /// <summary>Once this returns no device reaches what was closed before.</summary>
    public void Settle()
    {
        lock (_sync)
        {
            if (_isForgetDue && !_isFreed && _table.PageCount > KeptTablePages)
            {
                _table.Prune(TryForget);
            }

            if (_isForgetDue)
            {
                TryForget();
            }
        }
    }

    /// <summary>What a device of the domain may do with a page.</summary>
    public DeviceAccess Look(ulong address)
    {
        lock (_sync)
        {
            return _isFreed ? DeviceAccess.None : _table.Look(address);
        }
    }

    /// <summary>
    /// Frees its tables. Every device was detached. Whoever still ends something for the domain finds nothing open and nothing to close.
    /// </summary>
    public void Free()
    {
        lock (_sync)
        {
            // A unit that does not answer may look at them at any time: they are lost.
            if (!IsBroken && !_isFreed)
            {
                _table.Free();
            }

            _isFreed = true;
        }
    }

    private bool TryForget()
    {
        _isForgetDue = false;

        // Who has no device has nobody who remembers anything: to detach is to forget.
        for (int index = 0; _devices.Count != 0 && !IsBroken && index < _units.Count; index++)
        {
            if (!_units[index].TryForget(_number))
            {
                Break();
            }
        }

        return !IsBroken;
    }

    // A unit that lets nobody past goes on keeping devices from memory.
    private bool TrySet(PciDevice device, RemappingUnit unit)
        => (IsOpen && unit.TryLetPast(device.Address, _number)) || unit.TryAttach(device.Address, _table.Root, _number);

    private bool Detach(PciDevice device, RemappingUnit unit)
    {
        if (!_devices.Remove(device))
        {
            return true;
        }

        if (!unit.TryDetach(device.Address, _number))
        {
            device.SetBusMaster(false);
            Break();
        }

        return !IsBroken;
    }

    private void Break()
    {
        IsBroken = true;
        foreach (PciDevice device in _devices)
        {
            device.SetBusMaster(false);
        }
    }
}
