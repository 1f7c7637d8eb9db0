using System.Runtime;

namespace NooksOS.Runtime;

/// <summary>The rest of what CoreLib expects of a Unix: time, randomness, an environment without variables.</summary>
internal static unsafe class SystemNative
{
    private const nint ReserveFailed = -1;
    private const nuint PageBytes = 4096;
    private const nuint TypeObjectBytes = 128 * 1024;
    private const long UnixEpochTicks = 621_355_968_000_000_000;

    private static int s_lastError;
    private static ulong s_randomState;
    private static byte* s_typeObjects;

    [RuntimeExport("RhpGetTickCount64")]
    private static ulong GetTickCount() => (ulong)(Platform.GetMonotonicNanoseconds() / 1_000_000);

    [RuntimeExport("SystemNative_GetTimestamp")]
    private static ulong GetTimestamp() => (ulong)Platform.GetMonotonicNanoseconds();

    [RuntimeExport("SystemNative_GetSystemTimeAsTicks")]
    private static long GetSystemTimeAsTicks() => Platform.GetUtcTicks() - UnixEpochTicks;

    [RuntimeExport("SystemNative_GetErrNo")]
    private static int GetLastError() => s_lastError;

    [RuntimeExport("SystemNative_SetErrNo")]
    private static void SetLastError(int error) => s_lastError = error;

    [RuntimeExport("SystemNative_GetEnv")]
    private static byte* GetEnvironmentVariable(byte* name) => null;

    [RuntimeExport("SystemNative_GetNonCryptographicallySecureRandomBytes")]
    private static void GetRandomBytes(byte* buffer, int length)
    {
        if (s_randomState == 0)
        {
            s_randomState = (ulong)Platform.GetMonotonicNanoseconds() | 1;
        }

        for (int index = 0; index < length; index++)
        {
            // Splitmix64 (Steele, Lea, Flood 2014): seeds of hash codes, not secrets.
            ulong mixed = s_randomState += 0x9E37_79B9_7F4A_7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
            buffer[index] = (byte)(mixed ^ (mixed >> 31));
        }
    }

    [RuntimeExport("SystemNative_GetCryptographicallySecureRandomBytes")]
    private static int GetSecureRandomBytes(byte* buffer, int length) => -1;

    // CoreLib reserves 4 MiB for the objects that stand for types and commits it as it is used, 64 KiB at a time. Reserving
    // costs memory here, so it gets the first part only, and a commitment beyond that fails.
    [RuntimeExport("SystemNative_MMap")]
    private static nint Map(nint address, ulong lengthBytes, int protection, int flags, nint file, long offset)
    {
        void* pages = s_typeObjects == null ? Platform.AllocatePages(TypeObjectBytes / PageBytes) : null;
        if (pages == null)
        {
            return ReserveFailed;
        }

        s_typeObjects = (byte*)pages;
        return (nint)pages;
    }

    [RuntimeExport("SystemNative_MUnmap")]
    private static int Unmap(nint address, ulong lengthBytes) => 0;

    [RuntimeExport("SystemNative_MProtect")]
    private static int Protect(nint address, ulong lengthBytes, int protection)
        => (byte*)address + lengthBytes <= s_typeObjects + TypeObjectBytes ? 0 : -1;
}
