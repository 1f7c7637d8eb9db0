using System.Collections.Generic;
using System.Threading;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Shell;

/// <summary>
/// The shell on the console. One thread reads keys, another runs commands, so that Ctrl-C reaches a running command; what is typed
/// meanwhile waits for its end.
/// </summary>
public sealed class ConsoleSession
{
    private const int MaximumTypedAhead = 4096;

    private readonly CommandRegistry _commands;
    private readonly ConsoleOutput _output = new();
    private readonly LineEditor _editor = new("nooks> ");
    private readonly Lock _lock = new();
    private readonly Queue<byte> _typedAhead = new();
    private readonly SemaphoreSlim _lineReady = new(0);
    private CancellationTokenSource? _running;
    private string _line = "";

    private ConsoleSession(CommandRegistry commands) => _commands = commands;

    /// <summary>Starts the session with threads of its own.</summary>
    public static void Start(CommandRegistry commands)
    {
        ConsoleSession session = new(commands);
        new Thread(session.RunCommands) { Name = "console shell", IsBackground = true }.Start();
        new Thread(session.ReadKeys) { Name = "console input", IsBackground = true }.Start();
    }

    private void ReadKeys()
    {
        lock (_lock)
        {
            BeginLine();
        }

        while (true)
        {
            byte key = KernelConsole.ReadByte();
            lock (_lock)
            {
                Take(key);
            }
        }
    }

    private void RunCommands()
    {
        while (true)
        {
            _lineReady.Wait();
            using CancellationTokenSource cancellation = new();
            lock (_lock)
            {
                _running = cancellation;
            }

            _commands.Run(_line, _output, cancellation.Token);
            lock (_lock)
            {
                _running = null;
                _line = "";
                BeginLine();
                while (_line.Length == 0 && _typedAhead.TryDequeue(out byte key))
                {
                    Edit(key);
                }
            }
        }
    }

    private void Take(byte key)
    {
        if (_line.Length == 0)
        {
            Edit(key);
        }
        else if (key == ControlKey.Interrupt)
        {
            _typedAhead.Clear();
            _running?.Cancel();
        }
        else if (_typedAhead.Count < MaximumTypedAhead)
        {
            _typedAhead.Enqueue(key);
        }
    }

    private void Edit(byte key)
    {
        LineEditorResult result = _editor.Feed(key);
        _output.Write(_editor.TakeEcho());
        if (result == LineEditorResult.Complete && !string.IsNullOrWhiteSpace(_editor.Line))
        {
            _line = _editor.Line;
            _lineReady.Release();
        }
        else if (result != LineEditorResult.Editing)
        {
            BeginLine();
        }
    }

    private void BeginLine()
    {
        _editor.Begin();
        _output.Write(_editor.TakeEcho());
    }
}
