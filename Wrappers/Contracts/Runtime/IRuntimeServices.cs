using System;

namespace NooksOS.Contracts;

/// <summary>What the runtime inside an image needs from the kernel: memory, threads, time, and a way to report its own end.</summary>
[Contract(1, CallDirection.ExtensionToKernel)]
public interface IRuntimeServices
{
    /// <summary>Does nothing: the cheapest possible crossing, for measurements.</summary>
    [KeepsMonitor]
    CallResult Null();

    /// <summary>Maps zeroed, writable pages into the caller's heap and returns their address.</summary>
    [KeepsMonitor]
    CallResult<ulong> AllocatePages(uint pageCount);

    /// <summary>Gives back pages obtained from <see cref="AllocatePages"/>.</summary>
    [KeepsMonitor]
    CallResult FreePages(ulong address, uint pageCount);

    /// <summary>
    /// Makes a thread that runs <paramref name="entry"/> inside the domain, an unmanaged-callable function of the caller's
    /// own text taking <paramref name="argument"/>. Returns the thread's identity.
    /// </summary>
    [KeepsMonitor]
    CallResult<ulong> CreateThread(ulong entry, ulong argument);

    /// <summary>Lets other threads of the same priority run.</summary>
    CallResult Yield();

    /// <summary>
    /// Blocks until <see cref="Wake"/> is called with the same address, unless the 32-bit word of the caller's that is there
    /// differs from the expected one; looking and beginning to wait are one step. A negative time waits for ever.
    /// Returns 1 if the time ran out, else 0.
    /// </summary>
    CallResult<uint> Wait(ulong address, uint expected, long timeoutNanoseconds);

    /// <summary>Wakes threads of the caller's domain that wait on the word at the address.</summary>
    [KeepsMonitor]
    CallResult Wake(ulong address, uint maximumThreads);

    /// <summary>Time since boot, in nanoseconds. Never goes back.</summary>
    [KeepsMonitor]
    CallResult<long> GetMonotonicNanoseconds();

    /// <summary>Wall-clock time in units of 100 ns since 0001-01-01.</summary>
    [KeepsMonitor]
    CallResult<long> GetUtcTicks();

    /// <summary>Appends a line of UTF-8 to the kernel log under the caller's name.</summary>
    [KeepsMonitor]
    CallResult WriteLog([MaximumLength(1024)] ReadOnlySpan<byte> text);

    /// <summary>Says that the runtime cannot go on. The domain is stopped; the call does not return to it.</summary>
    [KeepsMonitor]
    CallResult FailFast([MaximumLength(1024)] ReadOnlySpan<byte> text, ulong instructionPointer);

    /// <summary>
    /// Says that an exception reached the boundary. The domain is stopped; the call does not return to it.
    /// </summary>
    /// <param name="type">Name of the exception's type.</param>
    /// <param name="message">Its message.</param>
    /// <param name="stack">Return addresses, innermost first.</param>
    [KeepsMonitor]
    CallResult ReportException(
        [MaximumLength(256)] ReadOnlySpan<byte> type,
        [MaximumLength(1024)] ReadOnlySpan<byte> message,
        [MaximumLength(32)] ReadOnlySpan<ulong> stack);

    /// <summary>
    /// Offers a contract to the kernel: a table of entry points, one for each method, each within the caller's own text.
    /// </summary>
    [KeepsMonitor]
    CallResult Publish(ushort contract, ushort version, [MaximumLength(64)] ReadOnlySpan<ulong> entryPoints);

    /// <summary>64 random bits that nobody can foresee, not even who has got others. Meant for keys, not for every need.</summary>
    [KeepsMonitor]
    CallResult<ulong> GetRandomBits();
}
