namespace NooksOS.Tool.Benchmarks;

/// <summary>How often a wrapper was called while a stream ran.</summary>
/// <param name="Wrapper">Contract and method.</param>
/// <param name="Calls">How often.</param>
/// <param name="PerPacket">How often for each frame that the card received or sent.</param>
/// <param name="PerMegabyte">How often for each million bytes of the stream.</param>
public sealed record WrapperCalls(string Wrapper, long Calls, double PerPacket, double PerMegabyte);
