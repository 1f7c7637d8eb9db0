using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Drivers.VirtioNet;

namespace NooksOS.Tests.Units.VirtioNet;

/// <summary>What the device lets in, and the commands that change it (virtio 1.2 §5.1.6.5). After a reset everything passes.</summary>
internal sealed class ModelFilter(MacAddress address)
{
    private readonly HashSet<MacAddress> _groups = [];
    private bool _isPromiscuous = true;
    private bool _isAllMulticast;

    /// <summary>The longest list that it takes.</summary>
    public int MaximumGroups { get; set; } = 128;

    public bool Accepts(byte[] frame)
    {
        MacAddress destination = MacAddress.Read(frame);
        return _isPromiscuous || destination == address || destination == MacAddress.Broadcast
            || (destination.IsMulticast && (_isAllMulticast || _groups.Contains(destination)));
    }

    /// <summary>Obeys a command: its class, its number, its data. Returns whether it can.</summary>
    public bool TryObey(ReadOnlySpan<byte> request)
    {
        if (request.Length < 3)
        {
            return false;
        }

        ReadOnlySpan<byte> data = request[2..];
        switch ((ControlCommand)BinaryPrimitives.ReadUInt16LittleEndian(request))
        {
            case ControlCommand.Promiscuous:
                _isPromiscuous = data[0] != 0;
                return true;

            case ControlCommand.AllMulticast:
                _isAllMulticast = data[0] != 0;
                return true;

            case ControlCommand.SetAddressTable:
                return TrySetTable(data);

            default:
                return false;
        }
    }

    private bool TrySetTable(ReadOnlySpan<byte> data)
    {
        if (data.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(data) != 0)
        {
            return false;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]);
        if (count > MaximumGroups || data.Length != 8 + (6 * count))
        {
            return false;
        }

        _groups.Clear();
        for (int index = 0; index < count; index++)
        {
            _groups.Add(MacAddress.Read(data[(8 + (6 * index))..]));
        }

        return true;
    }
}
