using System;

namespace NooksOS.Contracts;

/// <summary>Copies between a ring of a connection block and plain memory.</summary>
public static class ConnectionRing
{
    /// <summary>Where in a ring of this length, a power of two, the byte of a position lies.</summary>
    public static int IndexOf(ulong position, int ringBytes) => (int)(position & ((uint)ringBytes - 1));

    /// <summary>Writes bytes from a position on. There must be room for them.</summary>
    public static void Write(Span<byte> ring, ulong position, ReadOnlySpan<byte> bytes)
    {
        Span<byte> first = ring[IndexOf(position, ring.Length)..];
        if (bytes.Length <= first.Length)
        {
            bytes.CopyTo(first);
            return;
        }

        bytes[..first.Length].CopyTo(first);
        bytes[first.Length..].CopyTo(ring);
    }

    /// <summary>Reads bytes from a position on. They must be there.</summary>
    public static void Read(ReadOnlySpan<byte> ring, ulong position, Span<byte> bytes)
    {
        ReadOnlySpan<byte> first = ring[IndexOf(position, ring.Length)..];
        if (bytes.Length <= first.Length)
        {
            first[..bytes.Length].CopyTo(bytes);
            return;
        }

        first.CopyTo(bytes);
        ring[..(bytes.Length - first.Length)].CopyTo(bytes[first.Length..]);
    }
}
