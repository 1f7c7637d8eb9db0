using System;
using NooksOS.Contracts;

namespace NooksOS.Image.SelfTests;

/// <summary>The services of a domain, with something that happens during the first call of the one that does nothing.</summary>
internal sealed class ProbedRuntimeServices(IRuntimeServices services, Action probe) : IRuntimeServices
{
    private Action? _probe = probe;

    public CallResult Null()
    {
        Action? once = _probe;
        _probe = null;
        once?.Invoke();
        return services.Null();
    }

    public CallResult<ulong> AllocatePages(uint pageCount) => services.AllocatePages(pageCount);

    public CallResult FreePages(ulong address, uint pageCount) => services.FreePages(address, pageCount);

    public CallResult<ulong> CreateThread(ulong entry, ulong argument) => services.CreateThread(entry, argument);

    public CallResult Yield() => services.Yield();

    public CallResult<uint> Wait(ulong address, uint expected, long timeoutNanoseconds)
        => services.Wait(address, expected, timeoutNanoseconds);

    public CallResult Wake(ulong address, uint maximumThreads) => services.Wake(address, maximumThreads);

    public CallResult<long> GetMonotonicNanoseconds() => services.GetMonotonicNanoseconds();

    public CallResult<long> GetUtcTicks() => services.GetUtcTicks();

    public CallResult WriteLog(ReadOnlySpan<byte> text) => services.WriteLog(text);

    public CallResult FailFast(ReadOnlySpan<byte> text, ulong instructionPointer) => services.FailFast(text, instructionPointer);

    public CallResult ReportException(ReadOnlySpan<byte> type, ReadOnlySpan<byte> message, ReadOnlySpan<ulong> stack)
        => services.ReportException(type, message, stack);

    public CallResult Publish(ushort contract, ushort version, ReadOnlySpan<ulong> entryPoints)
        => services.Publish(contract, version, entryPoints);

    public CallResult<ulong> GetRandomBits() => services.GetRandomBits();
}
