using System.Runtime;
using System.Runtime.InteropServices;

namespace NooksOS.Runtime;

/// <summary>State of the heap and the collector of this image.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct RuntimeStatistics
{
    private RuntimeStatistics(ulong queuedFinalizers)
    {
        HeldBytes = HeapChunks.HeldBytes;
        UsedBytes = Heap.UsedBytes;
        TotalAllocatedBytes = Heap.TotalAllocatedBytes;
        Collections = Collector.Count;
        LongestPauseNanoseconds = (ulong)Collector.LongestPauseNanoseconds;
        TotalPauseNanoseconds = (ulong)Collector.TotalPauseNanoseconds;
        QueuedFinalizers = queuedFinalizers;
    }

    /// <summary>Memory that the heap holds from the platform.</summary>
    public ulong HeldBytes { get; }

    /// <summary>Memory in objects that were live at the last collection, and in blocks handed out since.</summary>
    public ulong UsedBytes { get; }

    /// <summary>Memory handed out since the image started.</summary>
    public ulong TotalAllocatedBytes { get; }

    /// <summary>How many collections ran.</summary>
    public ulong Collections { get; }

    /// <summary>The longest of them.</summary>
    public ulong LongestPauseNanoseconds { get; }

    /// <summary>All of them together.</summary>
    public ulong TotalPauseNanoseconds { get; }

    /// <summary>Objects that wait for their finalizer.</summary>
    public ulong QueuedFinalizers { get; }

    /// <summary>Reads the current state.</summary>
    public static RuntimeStatistics Read() => new(Finalization.QueuedCount);

    // For assemblies that do not reference the runtime.
    [RuntimeExport("RuntimeGetStatistics")]
    private static void Get(RuntimeStatistics* destination) => *destination = Read();
}
