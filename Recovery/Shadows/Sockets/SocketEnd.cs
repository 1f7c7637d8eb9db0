namespace NooksOS.Recovery.Shadows;

/// <summary>Why a socket is given back.</summary>
internal enum SocketEnd
{
    /// <summary>Its owner died.</summary>
    OwnerDied,

    /// <summary>Its owner is done with it; what was sent still goes out.</summary>
    Closed,

    /// <summary>Its owner wants it gone at once.</summary>
    Aborted,
}
