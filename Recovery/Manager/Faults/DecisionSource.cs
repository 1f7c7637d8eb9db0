namespace NooksOS.Recovery;

/// <summary>Who decided what to do about a failure.</summary>
public enum DecisionSource
{
    /// <summary>Nobody yet.</summary>
    Nobody,

    /// <summary>The user-mode recovery agent.</summary>
    Agent,

    /// <summary>The kernel itself, with the same policy.</summary>
    Kernel,

    /// <summary>A shell command.</summary>
    Command,
}
