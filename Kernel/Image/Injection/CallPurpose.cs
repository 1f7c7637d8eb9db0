namespace NooksOS.Image.Injection;

/// <summary>What a call from an extension to the kernel is for, as far as faults are concerned.</summary>
internal enum CallPurpose : byte
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>It obtains memory or an object.</summary>
    Obtain,

    /// <summary>It gives memory or an object back.</summary>
    GiveBack,

    /// <summary>It gives a lock back.</summary>
    Unlock,
}
