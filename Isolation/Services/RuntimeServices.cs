using System;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>What the runtime inside a domain asks of the kernel.</summary>
public sealed unsafe class RuntimeServices(Domain domain) : IRuntimeServices
{
    private readonly Domain _domain = domain;

    /// <summary>
    /// Whether the kernel calls a contract (number, version, count of entry points). Set once by the layer that has the wrappers.
    /// </summary>
    public static Func<ushort, ushort, int, bool>? Accepts { get; set; }

    /// <inheritdoc/>
    public CallResult Null() => CallResult.Ok;

    /// <inheritdoc/>
    public CallResult<ulong> AllocatePages(uint pageCount)
    {
        CallResult<ulong> result = _domain.Heap.Allocate(pageCount);
        if (result.Status == CallStatus.QuotaExceeded)
        {
            Fault(FaultKind.QuotaExceeded, 0, pageCount);
        }

        return result;
    }

    /// <inheritdoc/>
    public CallResult FreePages(ulong address, uint pageCount)
    {
        CallResult result = _domain.Heap.Free(address, pageCount);
        if (!result.Succeeded)
        {
            Fault(FaultKind.BadParameter, 0, address);
        }

        return result;
    }

    /// <inheritdoc/>
    public CallResult<ulong> CreateThread(ulong entry, ulong argument)
    {
        if (!_domain.Control->Code.IsManaged(entry))
        {
            Fault(FaultKind.BadParameter, 0, entry);
            return CallResult<ulong>.Failure(CallStatus.BadParameter);
        }

        return DomainThread.Create(_domain, entry, argument);
    }

    /// <inheritdoc/>
    public CallResult Yield()
    {
        Scheduler.YieldToAnyone();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<uint> Wait(ulong address, uint expected, long timeoutNanoseconds)
    {
        // Interrupts stay off from the look at the word until the thread is queued, or a wake-up in between would be lost.
        ulong flags = Processor.DisableInterrupts();
        bool readable = _domain.Control->Contains(address, sizeof(uint)) && address % sizeof(uint) == 0
            && PageTables.TryTranslate(KernelAddressSpace.Root, address, out _);

        // SAFETY: the word lies in one page, which is mapped, and nobody can take it away while interrupts are off.
        WaitResult result = readable ? WaitTable.WaitWhile(
            (int*)address, (int)expected, timeoutNanoseconds, ThreadState.WaitingForDomain) : WaitResult.Cancelled;
        Processor.RestoreInterrupts(flags);
        if (!readable)
        {
            Fault(FaultKind.BadParameter, 0, address);
            return CallResult<uint>.Failure(CallStatus.BadParameter);
        }

        return result switch
        {
            WaitResult.Woken => CallResult<uint>.Ok(0),
            WaitResult.TimedOut => CallResult<uint>.Ok(1),
            _ => CallResult<uint>.Failure(CallStatus.Cancelled),
        };
    }

    /// <inheritdoc/>
    public CallResult Wake(ulong address, uint maximumThreads)
    {
        if (!_domain.Control->Contains(address, sizeof(uint)))
        {
            Fault(FaultKind.BadParameter, 0, address);
            return CallResult.Failure(CallStatus.BadParameter);
        }

        WaitTable.Wake(address, (int)Math.Min(maximumThreads, int.MaxValue));
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<long> GetMonotonicNanoseconds() => CallResult<long>.Ok(Clock.Nanoseconds);

    /// <inheritdoc/>
    public CallResult<long> GetUtcTicks() => CallResult<long>.Ok(DateTime.UtcNow.Ticks);

    /// <inheritdoc/>
    public CallResult<ulong> GetRandomBits() => CallResult<ulong>.Ok(RandomBits.Take());

    /// <inheritdoc/>
    public CallResult WriteLog(ReadOnlySpan<byte> text)
    {
        Log.Write($"{_domain.Name}: {LogText.Clean(text)}");
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult FailFast(ReadOnlySpan<byte> text, ulong instructionPointer)
    {
        FaultTexts.Set(_domain.DomainId, "fail fast", Encoding.UTF8.GetString(text), [instructionPointer]);
        Fault(FaultKind.RuntimeFailure, instructionPointer, 0);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult ReportException(ReadOnlySpan<byte> type, ReadOnlySpan<byte> message, ReadOnlySpan<ulong> stack)
    {
        FaultTexts.Set(_domain.DomainId, Encoding.UTF8.GetString(type), Encoding.UTF8.GetString(message), stack.ToArray());
        Fault(FaultKind.UnhandledException, stack.IsEmpty ? 0 : stack[0], 0);
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Publish(ushort contract, ushort version, ReadOnlySpan<ulong> entryPoints)
    {
        if (Accepts?.Invoke(contract, version, entryPoints.Length) == false)
        {
            // No fault: the image is good, but made for another kernel. Its start fails with this status.
            Log.Write($"{_domain.Name}: offers version {version} of contract {contract}, which this kernel does not call");
            return CallResult.Failure(CallStatus.NotSupported);
        }

        if (!_domain.TryPublish(contract, entryPoints))
        {
            Fault(FaultKind.BadParameter, 0, contract);
            return CallResult.Failure(CallStatus.BadParameter);
        }

        return CallResult.Ok;
    }

    private void Fault(FaultKind kind, ulong instructionPointer, ulong detail)
        => DomainFaults.Report(_domain.Control, kind, instructionPointer, detail);
}
