using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>
/// Finds the ACPI system description tables (ACPI 6.5 §5.2). Nothing that a table says is believed: lengths are bounded and
/// checksums verified before a table is shown to anybody.
/// </summary>
public sealed class AcpiTables
{
    private const int OldRootPointerBytes = 20;
    private const int NewRootPointerBytes = 36;
    private const int HeaderBytes = 36;
    private const uint MaximumTableBytes = 16 * 1024 * 1024;
    private const int MaximumTableCount = 256;

    private readonly IFirmwareMemory _memory;
    private readonly List<ulong> _addresses = [];

    private AcpiTables(IFirmwareMemory memory) => _memory = memory;

    /// <summary>Physical addresses of the tables that the root table names.</summary>
    public IReadOnlyList<ulong> Addresses => _addresses;

    /// <summary>Reads the root table. Null if the root pointer or the root table is not valid.</summary>
    /// <param name="rootPointer">A copy of the root pointer.</param>
    /// <param name="memory">Where the tables are.</param>
    public static AcpiTables? Read(ReadOnlySpan<byte> rootPointer, IFirmwareMemory memory)
    {
        if (rootPointer.Length < OldRootPointerBytes
            || !rootPointer.StartsWith("RSD PTR "u8)
            || Sum(rootPointer[..OldRootPointerBytes]) != 0)
        {
            return null;
        }

        AcpiTables tables = new(memory);
        bool isNew = rootPointer[15] >= 2
            && rootPointer.Length >= NewRootPointerBytes
            && Sum(rootPointer[..NewRootPointerBytes]) == 0;
        ulong extended = isNew ? BinaryPrimitives.ReadUInt64LittleEndian(rootPointer[24..]) : 0;
        uint old = BinaryPrimitives.ReadUInt32LittleEndian(rootPointer[16..]);
        bool read = (extended != 0 && tables.TryReadRoot(extended, "XSDT"u8, sizeof(ulong)))
            || (old != 0 && tables.TryReadRoot(old, "RSDT"u8, sizeof(uint)));
        return read ? tables : null;
    }

    /// <summary>The first valid table with a signature, with its header.</summary>
    public bool TryFind(ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> table)
    {
        foreach (ulong address in _addresses)
        {
            if (TryReadTable(address, signature, out table))
            {
                return true;
            }
        }

        table = default;
        return false;
    }

    private bool TryReadRoot(ulong address, ReadOnlySpan<byte> signature, int entryBytes)
    {
        if (!TryReadTable(address, signature, out ReadOnlySpan<byte> table))
        {
            return false;
        }

        for (ReadOnlySpan<byte> rest = table[HeaderBytes..]; rest.Length >= entryBytes && _addresses.Count < MaximumTableCount; rest = rest[entryBytes..])
        {
            _addresses.Add(entryBytes == sizeof(ulong)
                ? BinaryPrimitives.ReadUInt64LittleEndian(rest)
                : BinaryPrimitives.ReadUInt32LittleEndian(rest));
        }

        return true;
    }

    private bool TryReadTable(ulong address, ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> table)
    {
        table = default;
        if (!_memory.TryRead(address, HeaderBytes, out ReadOnlySpan<byte> header) || !header.StartsWith(signature))
        {
            return false;
        }

        uint lengthBytes = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return lengthBytes is >= HeaderBytes and <= MaximumTableBytes
            && _memory.TryRead(address, lengthBytes, out table)
            && Sum(table) == 0;
    }

    private static byte Sum(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (byte value in bytes)
        {
            sum = unchecked((byte)(sum + value));
        }

        return sum;
    }
}
