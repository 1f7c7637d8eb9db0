using System.Runtime;
using System.Runtime.InteropServices;

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
    private static void GetMemoryInfo(MemoryInfo* info, int kind)
    {
        ulong quota = ImageInfo.Current->Block->HeapQuotaBytes;
        ulong available = quota != 0 ? quota : long.MaxValue;
        info->AvailableBytes = available;
        info->HighLoadBytes = available - (available / 8);
        info->LoadBytes = HeapChunks.HeldBytes;
        info->HeapBytes = Heap.UsedBytes;
        info->CommittedBytes = HeapChunks.HeldBytes;
        info->PromotedBytes = Heap.LiveAfterCollection;
        info->FinalizationPending = Finalization.QueuedCount;
        info->Index = Collector.Count;
        info->LongestPauseTicks = Collector.LongestPauseNanoseconds / NanosecondsPerTick;
    }

    // CoreLib copies the description when it makes an instance of a generic type that the compiler has not made.
    [RuntimeExport("RhGetGCDescSize")]
    private static int GetDescriptionSize(MethodTable* type) => MethodTable.DescriptionBytes(type);

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

    // What GCMemoryInfoData of CoreLib 9.0 holds.
    [StructLayout(LayoutKind.Explicit, Size = 272)]
    private struct MemoryInfo
    {
        [FieldOffset(0)]
        public ulong HighLoadBytes;

        [FieldOffset(8)]
        public ulong AvailableBytes;

        [FieldOffset(16)]
        public ulong LoadBytes;

        [FieldOffset(24)]
        public ulong HeapBytes;

        [FieldOffset(40)]
        public ulong CommittedBytes;

        [FieldOffset(48)]
        public ulong PromotedBytes;

        [FieldOffset(64)]
        public ulong FinalizationPending;

        [FieldOffset(72)]
        public ulong Index;

        [FieldOffset(256)]
        public long LongestPauseTicks;
    }
}
