namespace NooksOS.Recovery;

/// <summary>Who is to be blamed when a probe is not answered, or wrongly.</summary>
public enum ProbeSuspect
{
    /// <summary>Nobody: it would mend nothing.</summary>
    Nobody,

    /// <summary>Whoever was asked.</summary>
    Asked,

    /// <summary>What he stands on.</summary>
    Foundation,
}
