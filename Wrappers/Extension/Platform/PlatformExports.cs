using System;
using System.Runtime;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>
/// What the runtime needs from below, by calls to the kernel. All of it works before the base library is initialised: nothing
/// here allocates, checks a type or uses a literal.
/// </summary>
internal static unsafe class PlatformExports
{
    private static RuntimeServicesClient Kernel => default;

    [RuntimeExport("PlatformAllocatePages")]
    private static void* AllocatePages(nuint pageCount)
        => pageCount <= uint.MaxValue && Kernel.AllocatePages((uint)pageCount).TryGet(out ulong address) ? (void*)address : null;

    [RuntimeExport("PlatformFreePages")]
    private static void FreePages(void* address, nuint pageCount) => Kernel.FreePages((ulong)address, (uint)pageCount);

    [RuntimeExport("PlatformCreateThread")]
    private static nuint CreateThread(nuint entry, nuint argument)
        => Kernel.CreateThread(entry, argument).TryGet(out ulong thread) ? (nuint)thread : 0;

    [RuntimeExport("PlatformYield")]
    private static void Yield() => Kernel.Yield();

    [RuntimeExport("PlatformWait")]
    private static int Wait(int* address, int expected, long timeoutNanoseconds)
    {
        // The kernel looks again when it begins to wait; looking here saves the call when there is nothing to wait for.
        if (*address != expected)
        {
            return 0;
        }

        return Kernel.Wait((ulong)address, (uint)expected, timeoutNanoseconds).TryGet(out uint outcome) ? (int)outcome : 0;
    }

    [RuntimeExport("PlatformWake")]
    private static void Wake(int* address, int maximumThreads) => Kernel.Wake((ulong)address, (uint)maximumThreads);

    [RuntimeExport("PlatformGetMonotonicNanoseconds")]
    private static long GetMonotonicNanoseconds()
    {
        Kernel.GetMonotonicNanoseconds().TryGet(out long now);
        return now;
    }

    [RuntimeExport("PlatformGetUtcTicks")]
    private static long GetUtcTicks()
    {
        Kernel.GetUtcTicks().TryGet(out long ticks);
        return ticks;
    }

    [RuntimeExport("PlatformWriteLog")]
    private static void WriteLog(byte* text, nuint length)
    {
        // SAFETY: the runtime passes text that lives for the call.
        while (length != 0)
        {
            int piece = (int)nuint.Min(length, ReportLimits.MessageBytes);
            Kernel.WriteLog(new ReadOnlySpan<byte>(text, piece));
            text += piece;
            length -= (nuint)piece;
        }
    }

    [RuntimeExport("PlatformFailFast")]
    private static void FailFast(byte* text, nuint length, nuint instructionPointer)
    {
        // SAFETY: the runtime passes text that lives for the call.
        ReadOnlySpan<byte> message = new(text, (int)nuint.Min(length, ReportLimits.MessageBytes));
        while (true)
        {
            Kernel.FailFast(message, instructionPointer);
        }
    }

    // A domain is a monitor, and what the runtime calls in its critical sections keeps it: no other thread of the image comes in.
    [RuntimeExport("PlatformEnterCritical")]
    private static void EnterCritical()
    {
    }

    [RuntimeExport("PlatformLeaveCritical")]
    private static void LeaveCritical()
    {
    }
}
