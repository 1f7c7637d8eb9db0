using System.Collections.Generic;
using System.Text;

namespace NooksOS.Kernel.Shell;

/// <summary>
/// Splits a line into words at blanks. Single quotes keep everything, double quotes keep everything but a backslash before a quote
/// or backslash, a backslash outside quotes keeps the next character, and # begins a comment.
/// </summary>
public static class CommandLine
{
    /// <summary>The words of a line.</summary>
    /// <exception cref="UsageException">A quote is not closed.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        for (int position = 0; position < line.Length; position++)
        {
            char character = line[position];
            if (character is '"' or '\'')
            {
                inWord = true;
                position = ReadQuoted(line, position, word);
            }
            else if (character is ' ' or '\t')
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                }
            }
            else if (character == '#' && !inWord)
            {
                break;
            }
            else
            {
                inWord = true;
                bool escapes = character == '\\' && position + 1 < line.Length;
                word.Append(escapes ? line[++position] : character);
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    // Returns the position of the closing quote.
    private static int ReadQuoted(string line, int start, StringBuilder word)
    {
        char quote = line[start];
        for (int position = start + 1; position < line.Length; position++)
        {
            char character = line[position];
            if (character == quote)
            {
                return position;
            }

            bool escapes = quote == '"' && character == '\\' && position + 1 < line.Length && line[position + 1] is ('"' or '\\');
            word.Append(escapes ? line[++position] : character);
        }

        throw new UsageException($"a {quote} is not closed");
    }
}
