using System;
using System.Text;

namespace NooksOS.Kernel.Shell;

/// <summary>Where a command's output goes. Lines end with a line feed.</summary>
public abstract class ShellOutput
{
    /// <summary>Writes UTF-8.</summary>
    public abstract void Write(ReadOnlySpan<byte> utf8);

    /// <summary>Writes text.</summary>
    public void Write(string text)
    {
        const int ChunkCharacters = 128;
        const int MaximumBytesPerCharacter = 3;
        Span<byte> buffer = stackalloc byte[ChunkCharacters * MaximumBytesPerCharacter];
        for (int position = 0; position < text.Length;)
        {
            int count = Math.Min(ChunkCharacters, text.Length - position);

            // Both halves of a pair go into one piece.
            if (count > 1 && char.IsHighSurrogate(text[position + count - 1]))
            {
                count--;
            }

            Write(buffer[..Encoding.UTF8.GetBytes(text.AsSpan(position, count), buffer)]);
            position += count;
        }
    }

    /// <summary>Writes text and a line feed.</summary>
    public void WriteLine(string text = "")
    {
        Write(text);
        Write("\n"u8);
    }
}
