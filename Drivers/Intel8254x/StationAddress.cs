using NooksOS.Contracts;

namespace NooksOS.Drivers.Intel8254x;

/// <summary>The address that a device was given when it was made.</summary>
internal static class StationAddress
{
    private const int EepromPolls = 10_000;

    /// <summary>
    /// Reads it from the EEPROM, which a faulty predecessor cannot have changed by a stray register write, or, where that does
    /// not answer, from the first receive address. False if neither holds an address.
    /// </summary>
    public static bool TryRead(IntelHardware hardware, out MacAddress address)
    {
        address = default;
        if (TryReadEeprom(hardware, 0, out ushort first)
            && TryReadEeprom(hardware, 1, out ushort second)
            && TryReadEeprom(hardware, 2, out ushort third))
        {
            address = new MacAddress(first | ((ulong)second << 16) | ((ulong)third << 32));
        }

        if (!IsStation(address))
        {
            uint high = hardware.Read(IntelRegister.ReceiveAddressHigh) & (uint)ReceiveAddressHigh.AddressMask;
            address = new MacAddress(hardware.Read(IntelRegister.ReceiveAddressLow) | ((ulong)high << 32));
        }

        return IsStation(address);
    }

    /// <summary>Reads a word of the EEPROM, manual section 13.4.4. A word takes some 50 µs on a real device.</summary>
    private static bool TryReadEeprom(IntelHardware hardware, uint word, out ushort value)
    {
        value = 0;
        hardware.StartEepromRead(word);
        for (int poll = 0; poll < EepromPolls; poll++)
        {
            uint read = hardware.Read(IntelRegister.EepromRead);
            if (read == IntelHardware.NoDevice)
            {
                return false;
            }

            if ((read & hardware.Eeprom.Done) != 0)
            {
                value = (ushort)(read >> EepromFormat.DataShift);
                return true;
            }
        }

        return false;
    }

    private static bool IsStation(MacAddress address) => address.Bits != 0 && !address.IsMulticast;
}
