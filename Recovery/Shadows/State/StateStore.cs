using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Keeps what extensions save across their own deaths. Each extension sees its own values only, found by its name, so that
/// the next instance finds what the last one saved.
/// </summary>
/// <param name="quotaBytes">How much one extension may keep.</param>
/// <param name="maximumKeys">How many values one extension may keep.</param>
public sealed class StateStore(int quotaBytes = StateStore.DefaultQuotaBytes, int maximumKeys = StateStore.DefaultMaximumKeys)
{
    /// <summary>Quota of an extension unless said otherwise.</summary>
    public const int DefaultQuotaBytes = 64 * 1024;

    /// <summary>Number of values of an extension unless said otherwise.</summary>
    public const int DefaultMaximumKeys = 64;

    /// <summary>The largest value.</summary>
    public const int MaximumValueBytes = 4096;

    private readonly Lock _sync = new();
    private readonly Dictionary<string, Shelf> _shelves = [];

    /// <summary>The store as one extension sees it.</summary>
    public IStateStore For(string extension)
    {
        lock (_sync)
        {
            if (!_shelves.TryGetValue(extension, out Shelf? shelf))
            {
                shelf = new Shelf(quotaBytes, maximumKeys);
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
            return _shelves.TryGetValue(extension, out Shelf? shelf) ? shelf.UsedBytes : 0;
        }
    }

    private sealed class Shelf(int quotaBytes, int maximumKeys) : IStateStore
    {
        private readonly Lock _sync = new();
        private readonly Dictionary<uint, byte[]> _values = [];

        public int UsedBytes { get; private set; }

        public CallResult Save(uint key, ReadOnlySpan<byte> value)
        {
            if (value.Length > MaximumValueBytes)
            {
                return CallResult.Failure(CallStatus.BadParameter);
            }

            lock (_sync)
            {
                bool exists = _values.TryGetValue(key, out byte[]? old);
                int used = UsedBytes - (old?.Length ?? 0) + value.Length;
                if (used > quotaBytes || (!exists && _values.Count >= maximumKeys))
                {
                    return CallResult.Failure(CallStatus.QuotaExceeded);
                }

                if (old?.Length == value.Length)
                {
                    value.CopyTo(old);
                }
                else
                {
                    _values[key] = value.ToArray();
                }

                UsedBytes = used;
            }

            return CallResult.Ok;
        }

        public CallResult<uint> Load(uint key, Span<byte> value)
        {
            lock (_sync)
            {
                if (!_values.TryGetValue(key, out byte[]? stored))
                {
                    return CallResult<uint>.Failure(CallStatus.NotFound);
                }

                if (stored.Length > value.Length)
                {
                    return CallResult<uint>.Failure(CallStatus.BadParameter);
                }

                stored.CopyTo(value);
                return CallResult<uint>.Ok((uint)stored.Length);
            }
        }

        public CallResult Remove(uint key)
        {
            lock (_sync)
            {
                if (!_values.Remove(key, out byte[]? stored))
                {
                    return CallResult.Failure(CallStatus.NotFound);
                }

                UsedBytes -= stored.Length;
            }

            return CallResult.Ok;
        }
    }
}
