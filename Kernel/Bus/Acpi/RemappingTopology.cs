using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>
/// What the DMA remapping reporting table says (Intel VT-d specification, chapter "BIOS Considerations"). Memory that the firmware
/// reserves for devices of its own is counted and not opened: no device reaches memory before somebody has claimed it.
/// </summary>
public sealed class RemappingTopology
{
    private const int HeaderBytes = 36;
    private const int FixedBytes = HeaderBytes + 12;
    private const int StructureHeaderBytes = 4;
    private const int UnitBytes = 16;
    private const int ScopeBytes = 6;
    private const int MaximumUnits = 64;
    private const byte IncludesAll = 1;
    private const ulong PageMask = 4095;

    private readonly List<RemappingUnitDescription> _units = [];

    private RemappingTopology(int addressBits) => AddressBits = addressBits;

    private enum StructureKind : ushort
    {
        /// <summary>DRHD.</summary>
        Unit = 0,

        /// <summary>RMRR.</summary>
        ReservedMemory = 1,
    }

    /// <summary>How many bits an address of the machine has.</summary>
    public int AddressBits { get; }

    /// <summary>The units, in the order of the table.</summary>
    public IReadOnlyList<RemappingUnitDescription> Units => _units;

    /// <summary>Ranges of memory that the firmware says devices of its own go on using.</summary>
    public int ReservedRangeCount { get; private set; }

    /// <summary>Reads the table, with its header. Null if it is too short or names no unit.</summary>
    public static RemappingTopology? Read(ReadOnlySpan<byte> table)
    {
        if (table.Length < FixedBytes)
        {
            return null;
        }

        RemappingTopology topology = new(table[HeaderBytes] + 1);
        ReadOnlySpan<byte> rest = table[FixedBytes..];
        while (rest.Length >= StructureHeaderBytes)
        {
            int lengthBytes = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            if (lengthBytes < StructureHeaderBytes || lengthBytes > rest.Length)
            {
                break;
            }

            topology.Add((StructureKind)BinaryPrimitives.ReadUInt16LittleEndian(rest), rest[..lengthBytes]);
            rest = rest[lengthBytes..];
        }

        return topology._units.Count == 0 ? null : topology;
    }

    private void Add(StructureKind kind, ReadOnlySpan<byte> structure)
    {
        if (kind == StructureKind.ReservedMemory)
        {
            ReservedRangeCount++;
        }

        if (kind != StructureKind.Unit || structure.Length < UnitBytes || _units.Count == MaximumUnits)
        {
            return;
        }

        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(structure[8..]);
        if (address == 0 || (address & PageMask) != 0)
        {
            // Registers begin a page: who says otherwise means something else.
            return;
        }

        _units.Add(new RemappingUnitDescription(
            address,
            BinaryPrimitives.ReadUInt16LittleEndian(structure[6..]),
            (structure[4] & IncludesAll) != 0,
            ReadScopes(structure[UnitBytes..])));
    }

    private static List<DeviceScope> ReadScopes(ReadOnlySpan<byte> rest)
    {
        List<DeviceScope> scopes = [];
        while (rest.Length >= ScopeBytes)
        {
            int lengthBytes = rest[1];
            if (lengthBytes < ScopeBytes || lengthBytes > rest.Length)
            {
                break;
            }

            List<(byte Device, byte Function)> path = [];
            for (int offset = ScopeBytes; offset + 2 <= lengthBytes; offset += 2)
            {
                path.Add((rest[offset], rest[offset + 1]));
            }

            if (path.Count != 0)
            {
                scopes.Add(new DeviceScope(rest[0], rest[5], path));
            }

            rest = rest[lengthBytes..];
        }

        return scopes;
    }
}
