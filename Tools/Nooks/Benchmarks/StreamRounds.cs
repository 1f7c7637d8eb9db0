using System.Collections.Generic;

namespace NooksOS.Tool.Benchmarks;

/// <summary>Streams of both modes, which took turns: what is compared ran one after the other.</summary>
/// <param name="Direct">Those without protection.</param>
/// <param name="Domain">Those with it.</param>
public sealed record StreamRounds(IReadOnlyList<StreamRun> Direct, IReadOnlyList<StreamRun> Domain);
