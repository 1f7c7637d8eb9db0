using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Sockets;

/// <summary>How an instance sees the blocks: open or not.</summary>
internal sealed class FakeWindow : IConnectionWindow
{
    public bool IsOpen { get; private set; }

    public ulong Open()
    {
        IsOpen = true;
        return 0x1000;
    }

    public void Close() => IsOpen = false;
}
