namespace NooksOS.Recovery;

/// <summary>What the shell can ask for an extension.</summary>
public enum ExtensionCommand
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Load it.</summary>
    Load,

    /// <summary>Put it to rest and take it down.</summary>
    Unload,

    /// <summary>Put it to rest, take it down and load a fresh instance.</summary>
    Reload,
}
