using System;

namespace NooksOS.Programs.Play;

/// <summary>Bytes that can be read anywhere.</summary>
internal interface IByteFile
{
    /// <summary>How many there are.</summary>
    ulong LengthBytes { get; }

    /// <summary>Reads from an offset on. Returns how many bytes there were: fewer than asked for only at the end.</summary>
    int Read(ulong offsetBytes, Span<byte> destination);
}
