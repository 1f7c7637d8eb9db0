using System;

namespace NooksOS.Recovery;

/// <summary>Something that gives work to extensions and sees it done.</summary>
public interface IProgressSource
{
    /// <summary>The most samples that a source writes.</summary>
    const int MaximumSamples = 4;

    /// <summary>Writes its samples, always of the same work in the same order, and returns how many.</summary>
    int Sample(Span<ProgressSample> samples);
}
