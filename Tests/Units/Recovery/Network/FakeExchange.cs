using System;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>The memory of an exchange, and how the instance of the day sees it: open or not.</summary>
internal sealed class FakeExchange : IExchangeMemory, IExchangeView
{
    private readonly byte[] _bytes = new byte[ExchangeBuffers.SizeBytes];

    public Span<byte> Bytes => _bytes;

    public bool IsOpen { get; private set; }

    public bool IsMemoryShort { get; set; }

    public bool TryOpen()
    {
        IsOpen = !IsMemoryShort;
        return IsOpen;
    }

    public void Close() => IsOpen = false;
}
