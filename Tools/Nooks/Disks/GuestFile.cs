using System;

namespace NooksOS.Tool.Disks;

/// <summary>A file that the guest's <c>write PATH --size N --seed S</c> makes.</summary>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Seed">What its content follows from.</param>
public sealed record GuestFile(int Size, int Seed)
{
    // The guest makes its content in pieces of this size, of which it may need a part of the last one only.
    private const int PieceBytes = 64 * 1024;

    /// <summary>Its content.</summary>
    public byte[] MakeContent()
    {
        Random random = new(Seed);
        byte[] content = new byte[Size];
        byte[] piece = new byte[PieceBytes];
        for (int position = 0; position < Size; position += PieceBytes)
        {
            random.NextBytes(piece);
            piece.AsSpan(0, Math.Min(PieceBytes, Size - position)).CopyTo(content.AsSpan(position));
        }

        return content;
    }
}
