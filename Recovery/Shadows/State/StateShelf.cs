using System;
using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>What one extension keeps.</summary>
internal sealed class StateShelf : IStateStore
{
    private readonly Lock _sync = new();
    private readonly Dictionary<uint, Entry> _entries = [];
    private readonly WaitQueue _watchers = new();
    private readonly WaitingCalls? _calls;
    private readonly int _quotaBytes;
    private readonly int _maximumKeys;
    private ulong _lastVersion;

    /// <param name="quotaBytes">How much it may keep.</param>
    /// <param name="maximumKeys">How many values it may keep.</param>
    /// <param name="makeCalls">Makes what waits under a lock; null if nobody can wait.</param>
    public StateShelf(int quotaBytes, int maximumKeys, Func<Lock, WaitingCalls>? makeCalls)
    {
        _quotaBytes = quotaBytes;
        _maximumKeys = maximumKeys;
        _calls = makeCalls?.Invoke(_sync);
    }

    public int UsedBytes { get; private set; }

    public CallResult Save(uint key, ReadOnlySpan<byte> value)
    {
        if (value.Length > StateStore.MaximumValueBytes)
        {
            return CallResult.Failure(CallStatus.BadParameter);
        }

        lock (_sync)
        {
            bool exists = _entries.TryGetValue(key, out Entry old);
            int used = UsedBytes - (old.Value?.Length ?? 0) + value.Length;
            if (used > _quotaBytes || (!exists && _entries.Count >= _maximumKeys))
            {
                return CallResult.Failure(CallStatus.QuotaExceeded);
            }

            byte[] stored = old.Value?.Length == value.Length ? old.Value : new byte[value.Length];
            value.CopyTo(stored);
            _entries[key] = new Entry(stored, ++_lastVersion);
            UsedBytes = used;
            _watchers.WakeAll();
        }

        return CallResult.Ok;
    }

    public CallResult<uint> Load(uint key, Span<byte> value)
    {
        lock (_sync)
        {
            if (!_entries.TryGetValue(key, out Entry entry))
            {
                return CallResult<uint>.Failure(CallStatus.NotFound);
            }

            if (entry.Value.Length > value.Length)
            {
                return CallResult<uint>.Failure(CallStatus.BadParameter);
            }

            entry.Value.CopyTo(value);
            return CallResult<uint>.Ok((uint)entry.Value.Length);
        }
    }

    public CallResult Remove(uint key)
    {
        lock (_sync)
        {
            if (!_entries.Remove(key, out Entry entry))
            {
                return CallResult.Failure(CallStatus.NotFound);
            }

            UsedBytes -= entry.Value.Length;
            _watchers.WakeAll();
        }

        return CallResult.Ok;
    }

    public CallResult<ulong> WaitForChange(uint key, ulong knownVersion, long timeoutNanoseconds)
    {
        if (_calls is null)
        {
            return CallResult<ulong>.Failure(CallStatus.NotSupported);
        }

        ChangeCall call = new(this, key, knownVersion);
        CallStatus status = _calls.Run(ref call, timeoutNanoseconds);
        return status == CallStatus.Ok ? CallResult<ulong>.Ok(call.Version) : CallResult<ulong>.Failure(status);
    }

    private readonly record struct Entry(byte[] Value, ulong Version);

    private struct ChangeCall(StateShelf shelf, uint key, ulong knownVersion) : IWaitingCall
    {
        public ulong Version { get; private set; }

        public readonly WaitQueue Queue => shelf._watchers;

        public CallStatus? Try()
        {
            // A key that is not there has version zero, which no value ever has.
            Version = shelf._entries.TryGetValue(key, out Entry entry) ? entry.Version : 0;
            return Version != knownVersion ? CallStatus.Ok : null;
        }
    }
}
