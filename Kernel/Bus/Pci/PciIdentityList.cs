using System;
using System.Globalization;

namespace NooksOS.Kernel.Bus.Pci;

/// <summary>The devices that a driver knows, as the build writes them: lines of <c>vendor:device</c> in hexadecimal.</summary>
public static class PciIdentityList
{
    private const int IdentityBytes = 9;
    private const int DeviceOffset = 5;

    /// <summary>Whether a list names a device. A line that is none names nothing.</summary>
    public static bool Names(ReadOnlySpan<byte> list, ushort vendorId, ushort deviceId)
    {
        while (!list.IsEmpty)
        {
            int end = list.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? list : list[..end];
            list = end < 0 ? default : list[(end + 1)..];
            if (TryParse(line.TrimEnd((byte)'\r'), out ushort vendor, out ushort device) && vendor == vendorId && device == deviceId)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<byte> line, out ushort vendor, out ushort device)
    {
        vendor = 0;
        device = 0;
        return line.Length == IdentityBytes
            && line[DeviceOffset - 1] == (byte)':'
            && ushort.TryParse(line[..(DeviceOffset - 1)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out vendor)
            && ushort.TryParse(line[DeviceOffset..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out device);
    }
}
