using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Support;

/// <summary>The kernel's services for the runtime half, as far as a host can offer them.</summary>
internal sealed class FakeRuntimeServices : IRuntimeServices
{
    /// <summary>Where published entry points go.</summary>
    public Dictionary<ushort, ulong[]> Published { get; set; } = [];

    /// <summary>Versions that contracts were published in.</summary>
    public Dictionary<ushort, ushort> Versions { get; } = [];

    /// <summary>Exceptions that were reported.</summary>
    public List<(string Type, string Message, ulong[] Stack)> Exceptions { get; } = [];

    /// <summary>The log.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>How often <see cref="Null"/> was called.</summary>
    public int Nulls { get; private set; }

    public CallResult Null()
    {
        Nulls++;
        return CallResult.Ok;
    }

    public CallResult<ulong> GetRandomBits() => CallResult<ulong>.Ok(4);

    public CallResult<ulong> AllocatePages(uint pageCount) => CallResult<ulong>.Failure(CallStatus.QuotaExceeded);

    public CallResult FreePages(ulong address, uint pageCount) => CallResult.Failure(CallStatus.BadParameter);

    public CallResult<ulong> CreateThread(ulong entry, ulong argument) => CallResult<ulong>.Failure(CallStatus.NotSupported);

    public CallResult Yield() => CallResult.Ok;

    public CallResult<uint> Wait(ulong address, uint expected, long timeoutNanoseconds) => CallResult<uint>.Ok(1);

    public CallResult Wake(ulong address, uint maximumThreads) => CallResult.Ok;

    public CallResult<long> GetMonotonicNanoseconds() => CallResult<long>.Ok(123_456_789_000);

    public CallResult<long> GetUtcTicks() => CallResult<long>.Ok(0x0123_4567_89AB_CDEF);

    public CallResult WriteLog(ReadOnlySpan<byte> text)
    {
        Lines.Add(Encoding.UTF8.GetString(text));
        return CallResult.Ok;
    }

    public CallResult FailFast(ReadOnlySpan<byte> text, ulong instructionPointer) => throw new InvalidOperationException(Encoding.UTF8.GetString(text));

    public CallResult ReportException(ReadOnlySpan<byte> type, ReadOnlySpan<byte> message, ReadOnlySpan<ulong> stack)
    {
        Exceptions.Add((Encoding.UTF8.GetString(type), Encoding.UTF8.GetString(message), stack.ToArray()));
        return CallResult.Ok;
    }

    public CallResult Publish(ushort contract, ushort version, ReadOnlySpan<ulong> entryPoints)
    {
        Versions[contract] = version;
        return Published.TryAdd(contract, entryPoints.ToArray()) ? CallResult.Ok : CallResult.Failure(CallStatus.BadParameter);
    }
}
