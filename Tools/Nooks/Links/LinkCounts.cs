namespace NooksOS.Tool.Links;

/// <summary>What became of the frames of one direction.</summary>
/// <param name="Entered">Frames that were sent into the link.</param>
/// <param name="Lost">Those of them that were lost.</param>
/// <param name="Duplicated">Those that arrived twice.</param>
/// <param name="Reordered">Those that were held until later ones had passed.</param>
public readonly record struct LinkCounts(long Entered, long Lost, long Duplicated, long Reordered);
