using System;
using System.Threading.Tasks;
using Spectre.Console;

namespace NooksOS.Tool.Host;

/// <summary>Tells the user what takes time: a spinner on a terminal, plain lines otherwise. Always on standard error: standard output is for results.</summary>
public sealed class Progress
{
    private static readonly TimeSpan s_shownAfter = TimeSpan.FromMilliseconds(300);

    private readonly IAnsiConsole _console;

    /// <summary>Reports to standard error.</summary>
    public Progress()
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    }

    /// <summary>True where a person looks on.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected;

    /// <summary>Prints one line.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>Does something that takes time; the work may replace the text that is shown meanwhile.</summary>
    public async Task<T> DuringAsync<T>(string what, Func<Action<string>, Task<T>> work)
    {
        if (!IsTerminal)
        {
            Say(what);
            return await work(_ => { });
        }

        string text = what;
        Task<T> running = work(line => text = $"{what}: {line.Trim()}");
        if (await Task.WhenAny(running, Task.Delay(s_shownAfter)) == running)
        {
            return await running;
        }

        return await _console.Status().StartAsync(Markup.Escape(what), async context =>
        {
            while (await Task.WhenAny(running, Task.Delay(s_shownAfter)) != running)
            {
                int width = Math.Max(20, _console.Profile.Width - 4);
                string shown = text.Length > width ? text[..width] : text;
                context.Status(Markup.Escape(shown));
            }

            return await running;
        });
    }
}
