using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>What CoreLib's threading asks for. Monitor, Thread, ThreadPool, Task and Timer are CoreLib's own code above this.</summary>
internal static unsafe class ThreadExports
{
    private static delegate* unmanaged<void> s_exitCallback;

    [RuntimeExport("SystemNative_CreateThread")]
    private static int CreateThread(nint stackBytes, nint entry, nint argument)
    {
        StartParameters* parameters = (StartParameters*)NativeMemory.Allocate((nuint)sizeof(StartParameters));
        if (parameters == null)
        {
            return 0;
        }

        parameters->Entry = (delegate* unmanaged<nint, nint>)entry;
        parameters->Argument = argument;
        delegate* unmanaged<nuint, nuint> run = &Run;
        if (Platform.CreateThread((nuint)run, (nuint)parameters) != 0)
        {
            return 1;
        }

        NativeMemory.Free(parameters);
        return 0;
    }

    [System.Runtime.InteropServices.UnmanagedCallersOnly]
    private static nuint Run(nuint argument)
    {
        StartParameters parameters = *(StartParameters*)argument;
        NativeMemory.Free((void*)argument);
        parameters.Entry(parameters.Argument);
        if (s_exitCallback != null)
        {
            s_exitCallback();
        }

        // The block may serve another thread next.
        ThreadBlock.Current->ThreadStatics = null;
        return 0;
    }

    // CoreLib finishes its Thread object in this callback.
    [RuntimeExport("RhSetThreadExitCallback")]
    private static void SetExitCallback(delegate* unmanaged<void> callback) => s_exitCallback = callback;

    [RuntimeExport("RhGetThreadStaticStorage")]
    private static void** GetThreadStaticStorage() => &ThreadBlock.Current->ThreadStatics;

    [RuntimeExport("RhCurrentOSThreadId")]
    private static ulong GetThreadId() => ThreadBlock.Current->ThreadId;

    [RuntimeExport("RhCurrentNativeThreadId")]
    private static nint GetNativeThreadId() => (nint)ThreadBlock.Current->ThreadId;

    [RuntimeExport("RhpGetCurrentThread")]
    private static nint GetThread() => (nint)ThreadBlock.Current;

    // CoreLib takes less than 128 KiB to the lower bound for an exhausted stack, which all of ours would be. With the bound
    // moved down it refuses to go on at the last 16 KiB instead.
    [RuntimeExport("RhGetCurrentThreadStackBounds")]
    private static void GetStackBounds(byte** low, byte** high)
    {
        const int MarginOfCoreLib = 128 * 1024;
        const int OwnMargin = 16 * 1024;
        *low = ThreadBlock.Current->StackLow - (MarginOfCoreLib - OwnMargin);
        *high = ThreadBlock.Current->StackHigh;
    }

    [RuntimeExport("RhYield")]
    private static int Yield()
    {
        Platform.Yield();
        return 1;
    }

    // On one processor whoever is waited for runs only if this thread does not.
    [RuntimeExport("RhSpinWait")]
    private static void SpinWait(int iterations) => Platform.Yield();

    [RuntimeExport("RhGetProcessCpuCount")]
    private static int GetProcessorCount() => 1;

    [RuntimeExport("SystemNative_SchedGetCpu")]
    private static int GetProcessor() => 0;

    [RuntimeExport("SystemNative_GetCpuUtilization")]
    private static double GetProcessorUtilization(void* information) => 0;

    [RuntimeExport("RhFlushProcessWriteBuffers")]
    private static void FlushProcessWriteBuffers()
    {
    }

    private struct StartParameters
    {
        public delegate* unmanaged<nint, nint> Entry;
        public nint Argument;
    }
}
