using System;
using System.Text;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.Kernel.Bus.Pci;

namespace NooksOS.Kernel.Bus;

/// <summary>
/// What the project of an image names, as the build writes it, one on each line: devices of PCI as <c>vendor:device</c>, devices of the
/// ISA bus by name, and behind the word <c>place</c> the places that it may take in the system. Whoever hands an image over hands this
/// over as well: the image itself has no say in it.
/// </summary>
public readonly ref struct ImageIdentities(ReadOnlySpan<byte> lines)
{
    private readonly ReadOnlySpan<byte> _lines = lines;

    private static ReadOnlySpan<byte> PlacePrefix => "place "u8;

    /// <summary>Whether any device is named: the image is a driver.</summary>
    public bool IsDriver
    {
        get
        {
            ReadOnlySpan<byte> rest = _lines;
            while (TryTake(ref rest, out ReadOnlySpan<byte> line))
            {
                if (!line.IsEmpty && !line.StartsWith(PlacePrefix))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// Whether files rest on it. If it used files itself, in a call by which it is asked for some, it would wait for itself, and so would all
    /// others: as long as for a slow disk, for which nobody is blamed.
    /// </summary>
    public bool IsBelowFiles => NamesPlace(ImagePlaces.FileSystem) || NamesPlace(ImagePlaces.BlockDevice);

    /// <summary>Whether a device of PCI is named.</summary>
    public bool Names(PciDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return PciIdentityList.Names(_lines, device.VendorId, device.DeviceId);
    }

    /// <summary>Whether a device of the ISA bus is named.</summary>
    public bool Names(LegacyDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return HasLine(default, device.Name);
    }

    /// <summary>Whether a place is named, such as that of the network stack.</summary>
    public bool NamesPlace(string place) => HasLine(PlacePrefix, place);

    private bool HasLine(ReadOnlySpan<byte> prefix, string name)
    {
        ReadOnlySpan<byte> wanted = Encoding.ASCII.GetBytes(name);
        ReadOnlySpan<byte> rest = _lines;
        while (TryTake(ref rest, out ReadOnlySpan<byte> line))
        {
            if (line.StartsWith(prefix) && line[prefix.Length..].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        int end = rest.IndexOf((byte)'\n');
        line = (end < 0 ? rest : rest[..end]).TrimEnd((byte)'\r');
        bool isThere = !rest.IsEmpty;
        rest = end < 0 ? default : rest[(end + 1)..];
        return isThere;
    }
}
