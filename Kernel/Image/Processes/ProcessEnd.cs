using NooksOS.Recovery;

namespace NooksOS.Image.Processes;

/// <summary>The end of a process.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Status">Its status, if it ended by itself.</param>
/// <param name="Fault">Its fault, if that ended it.</param>
internal readonly record struct ProcessEnd(ProcessEndKind Kind, int Status, FaultReport? Fault);
