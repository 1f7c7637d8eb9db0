using System;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Machines;

namespace NooksOS.Tool.Commands;

/// <summary>Ends a wait when the user interrupts it or when its time is over, whichever comes first.</summary>
public sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _interrupt;

    /// <summary>Starts the time; null stands for no limit.</summary>
    public Deadline(TimeSpan? limit, CancellationToken interrupt)
    {
        _interrupt = interrupt;
        _source = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        if (limit is { } time)
        {
            _source.CancelAfter(time);
        }
    }

    /// <summary>Is cancelled at the end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// Does something with a machine until then. What is cancelled because the time is over says so, and what is interrupted is not told of as a
    /// machine that hangs.
    /// </summary>
    public async Task<T> LimitAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work(Token);
        }
        catch (MachineEndedException) when (_interrupt.IsCancellationRequested)
        {
            throw new OperationCanceledException(_interrupt);
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested && !_interrupt.IsCancellationRequested)
        {
            throw new MachineEndedException(new MachineEnd(MachineEndKind.Hang, string.Empty));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
