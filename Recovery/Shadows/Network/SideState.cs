namespace NooksOS.Recovery.Shadows;

/// <summary>How the shadow and the extension on one side of it stand.</summary>
internal enum SideState
{
    /// <summary>There is no extension.</summary>
    Absent,

    /// <summary>The instance died, and the next one has not registered.</summary>
    Interrupted,

    /// <summary>The instance has registered and is still starting: it must not be called yet.</summary>
    Registered,

    /// <summary>The instance is started and waits for what the shadow knows.</summary>
    Started,

    /// <summary>The instance has its configuration and does its work.</summary>
    Ready,
}
