using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.Intel8254x;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>Which frames the device lets in, manual sections 3.2.1 and 13.5.</summary>
internal static class DeviceFilter
{
    public static bool Accepts(ReadOnlySpan<uint> registers, ReadOnlySpan<byte> frame)
    {
        ReceiveControl control = (ReceiveControl)registers[(int)IntelRegister.ReceiveControl / sizeof(uint)];
        MacAddress destination = MacAddress.Read(frame);
        if (destination == MacAddress.Broadcast && control.HasFlag(ReceiveControl.AcceptBroadcast))
        {
            return true;
        }

        ReceiveControl promiscuous = destination.IsMulticast
            ? ReceiveControl.MulticastPromiscuous
            : ReceiveControl.UnicastPromiscuous;
        return control.HasFlag(promiscuous)
            || IsStation(registers, destination)
            || (destination.IsMulticast && IsInTable(registers, frame));
    }

    private static bool IsStation(ReadOnlySpan<uint> registers, MacAddress destination)
    {
        for (int pair = 0; pair < 16; pair++)
        {
            uint low = registers[((int)IntelRegister.ReceiveAddressLow / sizeof(uint)) + (2 * pair)];
            uint high = registers[((int)IntelRegister.ReceiveAddressHigh / sizeof(uint)) + (2 * pair)];
            if ((high & (uint)ReceiveAddressHigh.Valid) != 0 && (low | ((ulong)(high & 0xFFFF) << 32)) == destination.Bits)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInTable(ReadOnlySpan<uint> registers, ReadOnlySpan<byte> frame)
    {
        int hash = (((frame[5] << 8) | frame[4]) >> 4) & 0xFFF;
        return (registers[((int)IntelRegister.MulticastTable / sizeof(uint)) + (hash >> 5)] & (1u << (hash & 31))) != 0;
    }
}
