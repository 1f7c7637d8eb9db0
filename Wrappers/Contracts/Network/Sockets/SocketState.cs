namespace NooksOS.Contracts;

/// <summary>How far a socket has come.</summary>
public enum SocketState : uint
{
    /// <summary>It was made, and perhaps bound.</summary>
    Open = 0,

    /// <summary>It waits for connections.</summary>
    Listening = 1,

    /// <summary>It is being connected.</summary>
    Connecting = 2,

    /// <summary>It is connected, or was and still has bytes to read.</summary>
    Connected = 3,

    /// <summary>It sends and receives datagrams.</summary>
    Datagrams = 4,

    /// <summary>Its connection is broken.</summary>
    Broken = 5,
}
