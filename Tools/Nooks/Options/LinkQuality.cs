namespace NooksOS.Tool.Options;

/// <summary>What a link does to the frames that pass over it, in either direction.</summary>
public sealed record LinkQuality
{
    /// <summary>How many of a hundred frames are lost.</summary>
    public double LossPercent { get; init; }

    /// <summary>How many of a hundred frames are overtaken by later ones.</summary>
    public double ReorderPercent { get; init; }

    /// <summary>How many of a hundred frames arrive twice.</summary>
    public double DuplicatePercent { get; init; }

    /// <summary>What the choice of the frames follows from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>True where every frame arrives once and in its place.</summary>
    public bool IsPerfect => LossPercent == 0 && ReorderPercent == 0 && DuplicatePercent == 0;
}
