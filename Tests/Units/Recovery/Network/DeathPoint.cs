namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>Where in a call an instance dies.</summary>
public enum DeathPoint
{
    /// <summary>It lives.</summary>
    None,

    /// <summary>Before it has done anything.</summary>
    BeforeTheWork,

    /// <summary>After it has done what was asked, before it could say so.</summary>
    AfterTheWork,
}
