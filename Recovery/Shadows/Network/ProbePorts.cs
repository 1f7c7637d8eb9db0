namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The ports from which the kernel asks its own services, as if a neighbour did. Reserved ones, which nobody else takes of himself, and
/// several, so that one connection need not wait for the end of another.
/// </summary>
public static class ProbePorts
{
    /// <summary>The first.</summary>
    public const ushort First = 1008;

    /// <summary>How many there are.</summary>
    public const ushort Count = 16;

    /// <summary>
    /// Whether a connection from or to a port is as plain as those of some clients: without the options that change what later segments
    /// look like.
    /// </summary>
    public static bool IsPlain(ushort port) => Contains(port) && (port & 1) != 0;

    /// <summary>
    /// The port of a question. All of one round are plain or none is: a stack that does not serve plain connections may well serve the others,
    /// and whoever stands on it is not to be blamed for what the stack was not asked.
    /// </summary>
    /// <param name="question">Counts questions; those that are close to each other have different ports.</param>
    /// <param name="round">Counts rounds.</param>
    public static ushort Of(uint question, uint round) => (ushort)(First + (question % (Count / 2) * 2) + (round & 1));

    /// <summary>Whether a port is one of them.</summary>
    public static bool Contains(ushort port) => (ushort)(port - First) < Count;
}
