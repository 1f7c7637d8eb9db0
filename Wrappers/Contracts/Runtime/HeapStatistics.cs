namespace NooksOS.Contracts;

/// <summary>State of the heap of one image.</summary>
/// <param name="HeapBytes">Memory held from the kernel.</param>
/// <param name="LiveBytes">Memory in use by objects after the last collection plus what was allocated since.</param>
/// <param name="Collections">How many collections ran.</param>
/// <param name="LongestPauseNanoseconds">The longest of them.</param>
public readonly record struct HeapStatistics(ulong HeapBytes, ulong LiveBytes, ulong Collections, ulong LongestPauseNanoseconds);
