using System;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Links;

/// <summary>
/// Decides what happens to one frame after the other. The fate of the n-th frame follows from the quality of the link and the
/// seed alone, and frames that are lost at one percent are lost at two percent as well.
/// </summary>
public sealed class FrameFates(LinkQuality quality, int seed)
{
    /// <summary>The most later frames that overtake one: enough to make a receiver ask for it again, which takes three.</summary>
    public const int FarthestBack = 4;

    private const double Hundred = 100;

    private readonly Random _random = new(seed);

    /// <summary>The fate of the next frame.</summary>
    public FrameFate Next()
    {
        // All are drawn for every frame, so that none of them shifts the others.
        bool isLost = Draw(quality.LossPercent);
        bool isDuplicated = Draw(quality.DuplicatePercent);
        bool isReordered = Draw(quality.ReorderPercent);
        int placesBack = _random.Next(1, FarthestBack + 1);
        return isLost ? FrameFate.Lost : new FrameFate(isDuplicated ? 2 : 1, isReordered ? placesBack : 0);
    }

    private bool Draw(double percent) => _random.NextDouble() * Hundred < percent;
}
