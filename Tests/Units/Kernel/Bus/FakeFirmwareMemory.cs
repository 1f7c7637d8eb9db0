using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Kernel.Bus.Acpi;

namespace NooksOS.Tests.Units.Kernel.Bus;

/// <summary>Tables at addresses; reading beyond one fails as unmapped memory would.</summary>
internal sealed class FakeFirmwareMemory : IFirmwareMemory
{
    private readonly Dictionary<ulong, byte[]> _tables = [];

    public static byte[] Table(string signature, params byte[] body)
    {
        byte[] table = new byte[36 + body.Length];
        for (int index = 0; index < 4; index++)
        {
            table[index] = (byte)signature[index];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(4), (uint)table.Length);
        body.CopyTo(table, 36);
        return WithChecksum(table, 9, table.Length);
    }

    public static byte[] WithChecksum(byte[] bytes, int position, int length)
    {
        bytes[position] = 0;
        byte sum = 0;
        foreach (byte value in bytes.AsSpan(0, length))
        {
            sum += value;
        }

        bytes[position] = (byte)-sum;
        return bytes;
    }

    public FakeFirmwareMemory With(ulong address, byte[] table)
    {
        _tables[address] = table;
        return this;
    }

    public bool TryRead(ulong physicalAddress, uint lengthBytes, out ReadOnlySpan<byte> bytes)
    {
        bool found = _tables.TryGetValue(physicalAddress, out byte[]? table) && table.Length >= lengthBytes;
        bytes = found ? table.AsSpan(0, (int)lengthBytes) : default;
        return found;
    }
}
