using System;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tests.Units.Tool;

/// <summary>A clock by which no time passes until a test says so.</summary>
internal sealed class PatienceClock : TimeProvider
{
    private StillTimer? _last;

    /// <summary>Lets the time pass that the last timer waits for.</summary>
    public void Pass() => _last?.Callback(_last.State);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _last = new StillTimer(callback, state);

    private sealed record StillTimer(TimerCallback Callback, object? State) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
