using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>Ends of an image that CoreLib decides on.</summary>
internal static unsafe class FailFast
{
    private const int CrashInfoBytes = 1024;

    private static CrashInfo s_crashInfo;

    [RuntimeExport("RhpFallbackFailFast")]
    private static void Fallback() => Platform.FailFast("the runtime gave up"u8);

    [RuntimeExport("RhCreateCrashDumpIfEnabled")]
    private static void CreateCrashDump(nint exceptionRecord, nint context)
    {
    }

    // CoreLib writes a description of the failure there before it aborts.
    [RuntimeExport("RhGetCrashInfoBuffer")]
    private static byte* GetCrashInfoBuffer(int* capacityBytes)
    {
        *capacityBytes = CrashInfoBytes;

        // SAFETY: a static of an unmanaged type does not move.
        fixed (byte* bytes = s_crashInfo.Bytes)
        {
            return bytes;
        }
    }

    [RuntimeExport("SystemNative_Abort")]
    private static void Abort() => Platform.FailFast("the program aborted itself"u8);

    [RuntimeExport("SystemNative_LogError")]
    private static void LogError(byte* text, int length) => Platform.WriteLog(text, (nuint)length);

    [RuntimeExport("RhpGetThreadAbortException")]
    private static void* GetThreadAbortException() => null;

    [RuntimeExport("RhpSetThreadDoNotTriggerGC")]
    private static void SetThreadDoNotTriggerCollection()
    {
    }

    [RuntimeExport("RhpCopyContextFromExInfo")]
    private static void CopyContextFromExceptionInfo(void* context, int sizeBytes, void* limitedContext)
    {
    }

    [RuntimeExport("NativeRuntimeEventSource_LogExceptionThrown")]
    private static void LogExceptionThrown(char* type, char* message, void* address, int result)
    {
    }

    [RuntimeExport("RhFindMethodStartAddress")]
    private static void* FindMethodStart(byte* instruction)
    {
        FrameDescription function;
        return FrameDescription.TryFind(instruction, &function) ? MethodData.Read(&function).MethodStart : null;
    }

    private struct CrashInfo
    {
        public fixed byte Bytes[CrashInfoBytes];
    }
}
