using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>Writes the command that does a failed thing again.</summary>
public static class Reproduction
{
    /// <summary>The shell line that boots the same machine and runs the same commands.</summary>
    public static string Of(BootOptions options, IEnumerable<string> commands)
    {
        IEnumerable<string> words = options.ToArguments().Select(word => IsPlain(word) ? word : Quote(word));
        return string.Join(' ', new[] { "./nooks", "exec" }.Concat(words).Concat(commands.Select(Quote)));
    }

    private static bool IsPlain(string word) =>
        word.All(character => char.IsAsciiLetterOrDigit(character) || "-_./:=,".Contains(character, StringComparison.Ordinal));

    private static string Quote(string word)
    {
        StringBuilder quoted = new("\"");
        foreach (char character in word)
        {
            if ("\\\"$`".Contains(character, StringComparison.Ordinal))
            {
                quoted.Append('\\');
            }

            quoted.Append(character);
        }

        return quoted.Append('"').ToString();
    }
}
