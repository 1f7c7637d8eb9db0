using System;
using System.Text;

namespace NooksOS.Isolation;

/// <summary>Text of a domain as it may appear in a line of the kernel's log, or in what is told of its death.</summary>
public static class LogText
{
    /// <summary>
    /// The text with a space for each control character: a domain begins no line of its own, which might look like one of the
    /// kernel's, and sends nothing that a terminal obeys.
    /// </summary>
    public static string Clean(ReadOnlySpan<byte> utf8) => Clean(Encoding.UTF8.GetString(utf8));

    /// <summary>The same for a text that was decoded already.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, static (characters, source) =>
    {
        for (int index = 0; index < characters.Length; index++)
        {
            characters[index] = char.IsControl(source[index]) ? ' ' : source[index];
        }
    });
}
