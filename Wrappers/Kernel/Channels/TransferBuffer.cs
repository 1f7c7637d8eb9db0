using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>
/// Memory of a domain lent to one call, in which its spans travel. In direct mode nothing is lent and nothing copied: the
/// extension sees the caller's memory.
/// </summary>
internal unsafe struct TransferBuffer
{
    private const nuint Alignment = 16;

    private readonly nint _control;
    private readonly nuint _sizeBytes;
    private readonly SharedWindow _window;
    private readonly ulong _start;
    private ulong _next;

    internal TransferBuffer(nint control, nuint sizeBytes, SharedWindow window)
    {
        _window = window;
        _control = control;
        _sizeBytes = sizeBytes;
        _start = sizeBytes == 0 ? GateBinding.NoBufferNeeded : GateBinding.LendBuffer(control, sizeBytes);
        _next = _start;
        Status = _start == 0 ? CallStatus.DomainUnavailable : CallStatus.Ok;
    }

    /// <summary>Whether everything was copied so far.</summary>
    internal CallStatus Status { get; private set; }

    private readonly bool IsDirect => _start == GateBinding.NoBufferNeeded;

    /// <summary>The room that a span of so many bytes takes.</summary>
    internal static nuint Round(nuint bytes) => (bytes + Alignment - 1) & ~(Alignment - 1);

    /// <summary>Copies a span to the domain and tells where it is there.</summary>
    internal SpanArgument Add(void* source, nuint bytes, int length)
    {
        SpanArgument argument = Reserve(source, bytes, length);
        if (bytes != 0 && Status == CallStatus.Ok && IsCopied(source, bytes)
            && !GateBinding.CopyOut(_control, source, argument.Address, bytes))
        {
            Status = CallStatus.DomainUnavailable;
        }

        return argument;
    }

    /// <summary>Tells where a span is in the domain that is only copied back.</summary>
    internal SpanArgument Reserve(void* destination, nuint bytes, int length)
    {
        ulong address = _next;
        if (_window.Holds(destination, bytes))
        {
            address = _window.Translate(destination);
        }
        else if (IsDirect)
        {
            address = (ulong)destination;
        }
        else
        {
            _next += Round(bytes);
        }

        return new SpanArgument { Address = address, Length = (ulong)length };
    }

    /// <summary>Copies a span back after a call that succeeded.</summary>
    internal readonly CallStatus CopyBack(CallStatus status, SpanArgument argument, void* destination, nuint bytes)
    {
        if (status != CallStatus.Ok || bytes == 0 || !IsCopied(destination, bytes))
        {
            return status;
        }

        return GateBinding.CopyIn(_control, argument.Address, destination, bytes) ? status : CallStatus.DomainDied;
    }

    /// <summary>Gives the memory back.</summary>
    internal readonly void Return()
    {
        if (!IsDirect && _start != 0)
        {
            GateBinding.ReturnBuffer(_control, _start, _sizeBytes);
        }
    }

    private readonly bool IsCopied(void* pointer, nuint bytes) => !IsDirect && !_window.Holds(pointer, bytes);
}
