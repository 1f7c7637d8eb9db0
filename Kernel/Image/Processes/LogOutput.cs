using System;
using System.Text;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Processes;

/// <summary>The output of a program that nobody waits for: each line goes to the kernel log, after its name.</summary>
internal sealed class LogOutput(string name) : ShellOutput
{
    private const int LineLimit = 512;

    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> utf8)
    {
        foreach (char character in Encoding.UTF8.GetString(utf8))
        {
            if (character == '\n' || _line.Length == LineLimit)
            {
                Log.Write($"{name}: {_line}");
                _line.Clear();
            }

            if (character != '\n')
            {
                _line.Append(character);
            }
        }
    }
}
