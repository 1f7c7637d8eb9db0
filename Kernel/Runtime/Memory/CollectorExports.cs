using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>What CoreLib's GC class asks for.</summary>
internal static unsafe class CollectorExports
{
    private const int NanosecondsPerTick = 100;

    [RuntimeExport("RhpCollect")]
    private static void Collect(int generation, int mode, int lowMemory)
    {
        Platform.EnterCritical();
        Collector.Collect();
        Platform.LeaveCritical();
        FinalizerThread.Pulse();
    }

    [RuntimeExport("RhpGetGcTotalMemory")]
    private static long GetTotalMemory() => (long)Heap.UsedBytes;

    [RuntimeExport("RhGetGcCollectionCount")]
    private static int GetCollectionCount(int generation, byte special) => (int)Collector.Count;

    [RuntimeExport("RhGetMaxGcGeneration")]
    private static int GetMaximumGeneration() => 0;

    [RuntimeExport("RhGetGeneration")]
    private static int GetGeneration(void* target) => 0;

    [RuntimeExport("RhGetGenerationSize")]
    private static int GetGenerationSize(int generation) => (int)Heap.UsedBytes;

    [RuntimeExport("RhGetGenerationBudget")]
    private static long GetGenerationBudget(int generation) => (long)Heap.UsedBytes;

    [RuntimeExport("RhGetLastGCPercentTimeInGC")]
    private static int GetPercentTimeInCollector() => 0;

    [RuntimeExport("RhGetTotalAllocatedBytes")]
    private static long GetTotalAllocatedBytes() => (long)Heap.TotalAllocatedBytes;

    [RuntimeExport("RhGetTotalAllocatedBytesPrecise")]
    private static long GetTotalAllocatedBytesPrecise() => (long)Heap.TotalAllocatedBytes;

    [RuntimeExport("RhGetAllocatedBytesForCurrentThread")]
    private static long GetAllocatedBytesForCurrentThread() => (long)Heap.TotalAllocatedBytes;

    [RuntimeExport("RhGetTotalPauseDuration")]
    private static long GetTotalPauseDuration() => Collector.TotalPauseNanoseconds / NanosecondsPerTick;

    [RuntimeExport("RhGetMemoryInfo")]
    private static void GetMemoryInfo(byte* info, int kind)
    {
    }

    [RuntimeExport("RhGetGCDescSize")]
    private static int GetDescriptionSize(MethodTable* type) => 0;

    [RuntimeExport("RhRegisterForGCReporting")]
    private static void RegisterForReporting(void* registration)
    {
    }

    [RuntimeExport("RhUnregisterForGCReporting")]
    private static void UnregisterForReporting(void* registration)
    {
    }

    [RuntimeExport("RhpStartNoGCRegion")]
    private static int StartNoCollectionRegion(long totalBytes, int hasLargeBytes, long largeBytes, int disallowFull) => 0;

    [RuntimeExport("RhpEndNoGCRegion")]
    private static int EndNoCollectionRegion() => 0;
}
