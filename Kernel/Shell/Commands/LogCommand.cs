using System;
using System.Text;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Shows the newest part of the kernel's log.</summary>
internal sealed class LogCommand : ICommand
{
    private const int ChunkBytes = 1024;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "log",
        Summary = "the kernel's log",
        Options = [new("lines", "N", "only the last N lines"), CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        long lineLimit = context.Arguments.GetNumber("lines", int.MaxValue, 0, int.MaxValue);
        string[] lines = ReadAll().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ReadOnlySpan<string> shown = lines.AsSpan((int)Math.Max(0, lines.Length - lineLimit));
        if (context.Json)
        {
            JsonWriter json = new JsonWriter().BeginArray();
            foreach (string line in shown)
            {
                json.Value(line);
            }

            context.Output.WriteLine(json.EndArray().ToString());
            return ExitCode.Success;
        }

        foreach (string line in shown)
        {
            context.Output.WriteLine(line);
        }

        return ExitCode.Success;
    }

    private static string ReadAll()
    {
        StringBuilder text = new();
        byte[] chunk = new byte[ChunkBytes];
        ulong position = 0;
        for (int count = Log.CopyFrom(ref position, chunk); count > 0; count = Log.CopyFrom(ref position, chunk))
        {
            text.Append(Encoding.Latin1.GetString(chunk, 0, count));
        }

        return text.ToString();
    }
}
