namespace NooksOS.Recovery.Shadows;

/// <summary>What the shadow has to do with the driver next: which method of <see cref="NooksOS.Contracts.ISoundDevice"/> it calls, by which reports name it.</summary>
internal enum SoundStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Bring the device to its beginning.</summary>
    Open,

    /// <summary>Give it frames.</summary>
    Submit,

    /// <summary>Let it play.</summary>
    Start,

    /// <summary>Stop it: it has played everything.</summary>
    Stop,

    /// <summary>Ask how far it is.</summary>
    GetPosition,
}
