using System.Collections.Generic;
using System.Linq;
using NooksOS.Tool.Options;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>Remembers what a test did with its machine.</summary>
internal sealed class CommandHistory(BootOptions options)
{
    // A test that crashes something a thousand times is reproduced by its end.
    private const int Remembered = 12;

    private readonly Queue<string> _commands = new();

    /// <summary>The command that does the last things again.</summary>
    public string Reproduction => Tool.Machines.Reproduction.Of(options, _commands.Count == 0 ? ["help"] : _commands.ToArray());

    /// <summary>Remembers a command.</summary>
    public void Add(string command)
    {
        _commands.Enqueue(command);
        if (_commands.Count > Remembered)
        {
            _commands.Dequeue();
        }
    }
}
