using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>
/// Fails for real, in each of the ways that the system promises to survive. Nothing here is simulated: what is caught is caught
/// by the page tables, the processor, the tracker and the watchdog.
/// </summary>
internal static unsafe class Misbehavior
{
    private const ulong WrittenPattern = 0xDEAD_DEAD_DEAD_DEAD;

    // Between the kernel's mappings: nothing is ever mapped here.
    private const ulong UnmappedKernelAddress = 0xFFFF_C0DE_0000_0000;
    private const uint PagesPerLeak = 16;

    private static readonly byte[] s_data = [0x90, 0x90, 0x90, 0xC3];
    private static readonly object?[] s_nothing = new object?[1];
    private static int s_zero;

    /// <summary>Begins to fail. Returns only for kinds that do not show at once.</summary>
    internal static CallResult Begin(MisbehaviorKind kind, ulong kernelAddress)
    {
        switch (kind)
        {
            case MisbehaviorKind.WildWrite:
                return WildWrite(kernelAddress);
            case MisbehaviorKind.WildRead:
                return WildRead();
            case MisbehaviorKind.Null:
                return FollowNull();
            case MisbehaviorKind.Divide:
                return DivideByZero();
            case MisbehaviorKind.BadOpcode:
                ExecuteBadOpcode();
                return CallResult.Ok;
            case MisbehaviorKind.BadJump:
                fixed (byte* data = s_data)
                {
                    Jump(data);
                }

                return CallResult.Ok;
            case MisbehaviorKind.StackOverflow:
                return Use(Recurse(1));
            case MisbehaviorKind.Loop:
                return Loop();
            case MisbehaviorKind.Deadlock:
                return AcquireTwice();
            case MisbehaviorKind.Exception:
                throw new InvalidOperationException("The extension was told to throw.");
            case MisbehaviorKind.BadHandle:
                return default(SynchronizationServicesClient).AcquireLock(new Handle<TrackedObjects.Lock>(0xBAD, 0xBAD));
            case MisbehaviorKind.BadParameter:
                return default(RuntimeServicesClient).WriteLog(new ReadOnlySpan<byte>((void*)kernelAddress, ReportLimits.MessageBytes));
            case MisbehaviorKind.HeapCorruption:
                HeapCorruption.Run();
                return CallResult.Ok;
            case MisbehaviorKind.Leak:
                return Leak();
            default:
                // Silence is arranged by the caller; a privileged instruction is patched in by the kernel.
                return CallResult.Failure(CallStatus.NotSupported);
        }
    }

    // Each has a function of its own, so that the fault record names it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallResult WildWrite(ulong kernelAddress)
    {
        // SAFETY: none; that is the point. The same holds for all of this class.
        Volatile.Write(ref *(ulong*)kernelAddress, WrittenPattern);
        return CallResult.Ok;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallResult WildRead() => Use(Volatile.Read(ref *(byte*)UnmappedKernelAddress));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallResult FollowNull() => Use(Volatile.Read(ref s_nothing[0])!.GetHashCode());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallResult DivideByZero() => Use(1 / Volatile.Read(ref s_zero));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CallResult Loop()
    {
        while (Volatile.Read(ref s_zero) == 0)
        {
        }

        return CallResult.Ok;
    }

    // Keeps the compiler from leaving out what nobody uses.
    private static CallResult Use(int value)
    {
        Volatile.Write(ref s_zero, value & 0);
        return CallResult.Ok;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Recurse(int depth)
    {
        // The frame is used after the inner call, so that there is no tail call.
        Span<int> frame = stackalloc int[64];
        frame[depth & 63] = depth;
        return Recurse(depth + 1) + frame[(depth + 1) & 63];
    }

    private static CallResult AcquireTwice()
    {
        SynchronizationServicesClient locks = default;
        if (!locks.CreateLock().TryGet(out Handle<TrackedObjects.Lock> handle))
        {
            return CallResult.Failure(CallStatus.Failed);
        }

        locks.AcquireLock(handle);
        return locks.AcquireLock(handle);
    }

    private static CallResult Leak()
    {
        RuntimeServicesClient kernel = default;
        SynchronizationServicesClient locks = default;
        while (kernel.AllocatePages(PagesPerLeak).Succeeded && locks.CreateLock().Succeeded)
        {
        }

        return CallResult.Ok;
    }

    [RuntimeImport("*", "misbehave_bad_opcode")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ExecuteBadOpcode();

    [RuntimeImport("*", "misbehave_bad_jump")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Jump(void* target);
}
