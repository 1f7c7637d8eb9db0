using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Keeps what extensions save across their own deaths. Each extension sees its own values only, found by its name, so that
/// the next instance finds what the last one saved. Its threads can wait for a value to change.
/// </summary>
public sealed class StateStore
{
    /// <summary>Quota of an extension unless said otherwise.</summary>
    public const int DefaultQuotaBytes = 64 * 1024;

    /// <summary>Number of values of an extension unless said otherwise.</summary>
    public const int DefaultMaximumKeys = 64;

    /// <summary>The largest value.</summary>
    public const int MaximumValueBytes = 4096;

    private readonly Lock _sync = new();
    private readonly Dictionary<string, StateShelf> _shelves = [];
    private readonly Func<Lock, WaitingCalls>? _makeCalls;
    private readonly int _quotaBytes;
    private readonly int _maximumKeys;

    /// <summary>A store in which nobody can wait.</summary>
    /// <param name="quotaBytes">How much one extension may keep.</param>
    /// <param name="maximumKeys">How many values one extension may keep.</param>
    public StateStore(int quotaBytes = DefaultQuotaBytes, int maximumKeys = DefaultMaximumKeys)
    {
        _quotaBytes = quotaBytes;
        _maximumKeys = maximumKeys;
    }

    /// <summary>A store whose users can wait for changes.</summary>
    /// <param name="clock">Time.</param>
    /// <param name="makeSignal">Makes a signal for one waiting thread. Signals are kept and used again.</param>
    public StateStore(IKernelClock clock, Func<IKernelSignal> makeSignal)
        : this()
        => _makeCalls = sync => new WaitingCalls(sync, clock, makeSignal);

    /// <summary>The store as one extension sees it.</summary>
    public IStateStore For(string extension)
    {
        lock (_sync)
        {
            if (!_shelves.TryGetValue(extension, out StateShelf? shelf))
            {
                shelf = new StateShelf(_quotaBytes, _maximumKeys, _makeCalls);
                _shelves.Add(extension, shelf);
            }

            return shelf;
        }
    }

    /// <summary>How much an extension keeps.</summary>
    public int CountBytes(string extension)
    {
        lock (_sync)
        {
            return _shelves.TryGetValue(extension, out StateShelf? shelf) ? shelf.UsedBytes : 0;
        }
    }
}
