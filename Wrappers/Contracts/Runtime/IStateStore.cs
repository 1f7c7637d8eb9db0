using System;

namespace NooksOS.Contracts;

/// <summary>
/// A small store outside the extension's domain for what must outlive it, private to the extension by its name.
/// </summary>
[Contract(3, CallDirection.ExtensionToKernel, Version = 2)]
public interface IStateStore
{
    /// <summary>Stores a value under a key, replacing an older one.</summary>
    [KeepsMonitor]
    CallResult Save(uint key, [MaximumLength(4096)] ReadOnlySpan<byte> value);

    /// <summary>Reads the value of a key into the buffer and returns its length, or <see cref="CallStatus.NotFound"/>.</summary>
    [KeepsMonitor]
    CallResult<uint> Load(uint key, [MaximumLength(4096), Output] Span<byte> value);

    /// <summary>Forgets a key.</summary>
    [KeepsMonitor]
    CallResult Remove(uint key);

    /// <summary>
    /// Waits until the version of a key differs from the one that is known, and returns it. Zero stands for a key that is not
    /// there; any other version was given to one saving of one value only. Whoever begins with zero therefore hears of a value
    /// that was saved before, by itself or by the instance before it. A time-out of zero does not wait, a negative one waits
    /// for ever.
    /// </summary>
    CallResult<ulong> WaitForChange(uint key, ulong knownVersion, long timeoutNanoseconds);
}
