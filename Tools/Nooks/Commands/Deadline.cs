using System;
using System.Threading;

namespace NooksOS.Tool.Commands;

/// <summary>Ends a wait when the user interrupts it or when its time is over, whichever comes first.</summary>
public sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;

    /// <summary>Starts the time; null stands for no limit.</summary>
    public Deadline(TimeSpan? limit, CancellationToken interrupt)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        if (limit is { } time)
        {
            _source.CancelAfter(time);
        }
    }

    /// <summary>Is cancelled at the end.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
