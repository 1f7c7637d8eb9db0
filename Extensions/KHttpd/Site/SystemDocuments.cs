using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>Reads the kernel's documents, piece by piece, into a buffer that grows to the largest seen.</summary>
internal sealed class SystemDocuments(ISystemView view)
{
    // A full list of faults has some hundreds of kilobytes; what is far beyond that is no document of this kernel.
    private const int MaximumBytes = 4 << 20;

    private byte[] _buffer = new byte[SystemLimits.PieceBytes];

    /// <summary>
    /// Reads a document; without the line end, and good until the next one is read. False if the kernel does not give it.
    /// </summary>
    public bool TryRead(SystemDocument document, uint count, out ReadOnlySpan<byte> json)
    {
        json = default;
        int length;
        int offset = 0;
        do
        {
            Span<byte> piece = _buffer.AsSpan(offset, Math.Min(_buffer.Length - offset, SystemLimits.PieceBytes));
            if (!view.Query(document, count, (uint)offset, piece).TryGet(out uint total) || total > MaximumBytes)
            {
                return false;
            }

            length = (int)total;
            offset = Math.Min(offset + piece.Length, length);
            if (length > _buffer.Length)
            {
                Array.Resize(ref _buffer, length);
            }
        }
        while (offset < length);

        json = _buffer.AsSpan(0, length).TrimEnd((byte)'\n');
        return true;
    }
}
