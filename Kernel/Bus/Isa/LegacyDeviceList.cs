using System;
using System.Text;

namespace NooksOS.Kernel.Bus.Isa;

/// <summary>The devices of the ISA bus that a driver knows, as the build writes them: lines with their names.</summary>
public static class LegacyDeviceList
{
    /// <summary>Whether a list has a line that is the name.</summary>
    public static bool Names(ReadOnlySpan<byte> list, string name)
    {
        ReadOnlySpan<byte> wanted = Encoding.ASCII.GetBytes(name);
        while (!list.IsEmpty)
        {
            int end = list.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? list : list[..end];
            list = end < 0 ? default : list[(end + 1)..];
            if (line.TrimEnd((byte)'\r').SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }
}
