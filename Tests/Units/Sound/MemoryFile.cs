using System;
using NooksOS.Programs.Play;

namespace NooksOS.Tests.Units.Sound;

internal sealed class MemoryFile(byte[] content) : IByteFile
{
    public ulong LengthBytes => (ulong)content.Length;

    public int Read(ulong offsetBytes, Span<byte> destination)
    {
        Assert(offsetBytes);
        int offset = (int)Math.Min(offsetBytes, (ulong)content.Length);
        int count = Math.Min(destination.Length, content.Length - offset);
        content.AsSpan(offset, count).CopyTo(destination);
        return count;
    }

    private void Assert(ulong offsetBytes)
        => Xunit.Assert.True(offsetBytes <= (ulong)content.Length, $"reads at {offsetBytes} of {content.Length}");
}
