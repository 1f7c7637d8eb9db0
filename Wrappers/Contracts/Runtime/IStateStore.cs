using System;

namespace NooksOS.Contracts;

/// <summary>
/// A small store outside the extension's domain for what must outlive it, private to the extension by its name.
/// </summary>
[Contract(3, CallDirection.ExtensionToKernel)]
public interface IStateStore
{
    /// <summary>Stores a value under a key, replacing an older one.</summary>
    CallResult Save(uint key, [MaximumLength(4096)] ReadOnlySpan<byte> value);

    /// <summary>Reads the value of a key into the buffer and returns its length, or <see cref="CallStatus.NotFound"/>.</summary>
    CallResult<uint> Load(uint key, [MaximumLength(4096)] Span<byte> value);

    /// <summary>Forgets a key.</summary>
    CallResult Remove(uint key);
}
