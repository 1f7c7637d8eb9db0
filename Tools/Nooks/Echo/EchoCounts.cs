namespace NooksOS.Tool.Echo;

/// <summary>What became of the datagrams.</summary>
/// <param name="Sent">How many were sent.</param>
/// <param name="Answered">How many of them came back at least once, unharmed.</param>
/// <param name="Lost">How many never came back.</param>
/// <param name="Duplicated">How many answers came once more.</param>
/// <param name="Corrupted">How many answers were not what was sent.</param>
/// <param name="LongestGapMilliseconds">The longest time without an answer.</param>
public sealed record EchoCounts(long Sent, long Answered, long Lost, long Duplicated, long Corrupted, double LongestGapMilliseconds);
