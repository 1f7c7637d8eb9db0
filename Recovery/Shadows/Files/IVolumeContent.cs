using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The bytes of a volume, as the kernel itself reads and writes the content of files there. Writes take part in the order that the
/// file system sets among its own. What is refused is as with <see cref="IBlockVolume"/>.
/// </summary>
public interface IVolumeContent
{
    /// <summary>The length of the volume.</summary>
    ulong LengthBytes { get; }

    /// <summary>How many reads and writes the device has failed, whoever asked for them.</summary>
    ulong Failures { get; }

    /// <summary>Reads from any place, which may be in the middle of a sector.</summary>
    CallStatus ReadBytes(ulong position, Span<byte> destination);

    /// <summary>Writes at any place. A sector of which only a part is written keeps the rest.</summary>
    CallStatus WriteBytes(ulong position, ReadOnlySpan<byte> source);
}
