using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>What the multiple APIC description table says (ACPI 6.5 §5.2.12).</summary>
public sealed class InterruptTopology
{
    private const int HeaderBytes = 36;
    private const int FixedBytes = HeaderBytes + 8;
    private const int LegacyLineCount = 16;
    private const int MaximumLine = 256;

    private readonly List<IoApicDescription> _ioApics = [];
    private readonly InterruptRoute?[] _overrides = new InterruptRoute?[LegacyLineCount];

    private InterruptTopology(ulong localApicAddress) => LocalApicAddress = localApicAddress;

    private enum EntryKind : byte
    {
        LocalApic = 0,
        IoApic = 1,
        InterruptSourceOverride = 2,
        LocalApicAddressOverride = 5,
    }

    /// <summary>Physical address of the local APIC's registers.</summary>
    public ulong LocalApicAddress { get; private set; }

    /// <summary>Processors that may be started.</summary>
    public int ProcessorCount { get; private set; }

    /// <summary>The I/O APICs.</summary>
    public IReadOnlyList<IoApicDescription> IoApics => _ioApics;

    /// <summary>A PC as it was before ACPI, for a machine whose table is missing or broken.</summary>
    public static InterruptTopology CreateDefault()
    {
        const uint DefaultLocalApic = 0xFEE0_0000;
        const uint DefaultIoApic = 0xFEC0_0000;
        InterruptTopology topology = new(DefaultLocalApic) { ProcessorCount = 1 };
        topology._ioApics.Add(new IoApicDescription(0, DefaultIoApic, 0));
        return topology;
    }

    /// <summary>Reads the table. Null if it is too short or names no I/O APIC.</summary>
    public static InterruptTopology? Read(ReadOnlySpan<byte> table)
    {
        if (table.Length < FixedBytes)
        {
            return null;
        }

        InterruptTopology topology = new(BinaryPrimitives.ReadUInt32LittleEndian(table[HeaderBytes..]));
        ReadOnlySpan<byte> rest = table[FixedBytes..];
        while (rest.Length >= 2)
        {
            int lengthBytes = rest[1];
            if (lengthBytes < 2 || lengthBytes > rest.Length)
            {
                break;
            }

            topology.Add((EntryKind)rest[0], rest[..lengthBytes]);
            rest = rest[lengthBytes..];
        }

        return topology._ioApics.Count == 0 ? null : topology;
    }

    /// <summary>Where an interrupt of the old PC devices arrives.</summary>
    public InterruptRoute RouteLegacy(byte line)
        => line < LegacyLineCount && _overrides[line] is InterruptRoute route ? route : new InterruptRoute(line, false, false);

    /// <summary>
    /// Where the interrupt of a PCI function arrives, from the line that the firmware has written into it: the number of the old
    /// interrupt controller's input. Without an override it is level-triggered and active low, as PCI lines are.
    /// </summary>
    public InterruptRoute RoutePci(byte interruptLine)
        => interruptLine < LegacyLineCount && _overrides[interruptLine] is InterruptRoute route
            ? route with { IsLevelTriggered = true }
            : new InterruptRoute(interruptLine, true, true);

    private void Add(EntryKind kind, ReadOnlySpan<byte> entry)
    {
        switch (kind)
        {
            case EntryKind.LocalApic when entry.Length >= 8:
                const uint Enabled = 1;
                ProcessorCount += (BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) & Enabled) != 0 ? 1 : 0;
                break;
            case EntryKind.IoApic when entry.Length >= 12:
                IoApicDescription description = new(
                    entry[2], BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]));
                if (description.FirstLine < MaximumLine)
                {
                    _ioApics.Add(description);
                }

                break;
            case EntryKind.InterruptSourceOverride when entry.Length >= 10:
                AddOverride(entry[3], BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]), BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]));
                break;
            case EntryKind.LocalApicAddressOverride when entry.Length >= 12:
                LocalApicAddress = BinaryPrimitives.ReadUInt64LittleEndian(entry[4..]);
                break;
            default:
                break;
        }
    }

    // Flags: polarity in bits 0-1, trigger mode in bits 2-3; 1 is active high or edge, 3 is active low or level, 0 is the bus's own.
    private void AddOverride(byte source, uint line, ushort flags)
    {
        if (source < LegacyLineCount && line < MaximumLine)
        {
            _overrides[source] = new InterruptRoute(line, (flags >> 2 & 3) == 3, (flags & 3) == 3);
        }
    }
}
