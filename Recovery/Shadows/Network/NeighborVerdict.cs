namespace NooksOS.Recovery.Shadows;

/// <summary>What a look at the neighbours comes to.</summary>
internal enum NeighborVerdict
{
    /// <summary>Nothing is to be done.</summary>
    Fine,

    /// <summary>A station is to be asked.</summary>
    Ask,

    /// <summary>Nobody is heard any more who was heard before.</summary>
    Deaf,

    /// <summary>Others are heard, but nobody answers any more who answered before.</summary>
    Dumb,
}
