namespace NooksOS.Contracts;

/// <summary>Bounds of the calls of <see cref="ISystemView"/> and <see cref="ISystemControl"/>.</summary>
public static class SystemLimits
{
    /// <summary>The most that one call returns of a document.</summary>
    public const int PieceBytes = 16 * 1024;

    /// <summary>The longest name of an extension, a kind or a mode.</summary>
    public const int WordBytes = 32;
}
