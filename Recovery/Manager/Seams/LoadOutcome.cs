namespace NooksOS.Recovery;

/// <summary>Whether an image could be loaded.</summary>
/// <param name="Error">One clear line, or null if it was loaded.</param>
public readonly record struct LoadOutcome(string? Error)
{
    /// <summary>The image is loaded.</summary>
    public static LoadOutcome Loaded => default;

    /// <summary>Whether the image is loaded.</summary>
    public bool Succeeded => Error is null;
}
