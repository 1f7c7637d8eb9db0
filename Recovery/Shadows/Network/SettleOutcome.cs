namespace NooksOS.Recovery.Shadows;

/// <summary>What came of offering frames to an extension.</summary>
internal enum SettleOutcome
{
    /// <summary>It took some.</summary>
    Progress,

    /// <summary>It lives and took none: full, or not able to.</summary>
    NothingTaken,

    /// <summary>It is dead or being replaced.</summary>
    InstanceGone,

    /// <summary>Its counts cannot be right.</summary>
    BadReply,
}
