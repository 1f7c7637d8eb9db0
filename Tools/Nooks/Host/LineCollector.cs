using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Host;

/// <summary>Keeps what a program prints, also while it still runs.</summary>
/// <param name="matters">Which lines are kept; null for all.</param>
public sealed class LineCollector(Func<string, bool>? matters = null)
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    /// <summary>Everything so far.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Reads to the end of the stream; <paramref name="onLine"/> sees each line at once.</summary>
    public async Task ReadAsync(StreamReader reader, Action<string>? onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (matters?.Invoke(line) == false)
            {
                continue;
            }

            lock (_lock)
            {
                _text.Append(line).Append('\n');
            }

            onLine?.Invoke(line);
        }
    }
}
