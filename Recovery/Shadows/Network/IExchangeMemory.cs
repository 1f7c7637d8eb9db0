using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Memory of the kernel in which frames pass to and from the extension on one side of a shadow. It stays while instances of the
/// extension come and go; the one that runs now may see it at any time, and write to all but the frames that wait for it, so what comes
/// from there is read once and believed nothing.
/// </summary>
public interface IExchangeMemory
{
    /// <summary>The memory, <see cref="ExchangeBuffers.SizeBytes"/> long and aligned to eight bytes.</summary>
    Span<byte> Bytes { get; }
}
