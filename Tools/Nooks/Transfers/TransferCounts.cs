using System.Collections.Generic;

namespace NooksOS.Tool.Transfers;

/// <summary>What one direction of the demonstration has come to.</summary>
/// <param name="Bytes">How much was transferred and found right.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Broken">Requests that ended before their time, and were made again or gone on with.</param>
/// <param name="IsIdentical">Whether the digests of both ends are the same.</param>
/// <param name="GapsMilliseconds">The pauses.</param>
public sealed record TransferCounts(long Bytes, double Seconds, int Broken, bool IsIdentical, IReadOnlyList<double> GapsMilliseconds);
