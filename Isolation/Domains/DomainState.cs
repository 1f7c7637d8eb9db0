namespace NooksOS.Isolation;

/// <summary>Whether a domain may be entered.</summary>
public enum DomainState : uint
{
    /// <summary>Being made: nothing can enter.</summary>
    New = 0,

    /// <summary>May be entered.</summary>
    Alive = 1,

    /// <summary>Failed or stopped: threads that are in it leave at their next step, nobody enters.</summary>
    Dead = 2,
}
