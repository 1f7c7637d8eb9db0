using System;
using System.Runtime.CompilerServices;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>The way to one contract of a domain: what a proxy calls through.</summary>
internal sealed unsafe class ContractChannel(DomainChannel domain, ushort contract, int methodCount)
{
    private readonly nint _control = domain.Control;

    // Zero until the domain has published the contract, and again once the channel is closed.
    private EntryPoints _entryPoints;

    /// <summary>Calls a method.</summary>
    /// <param name="method">Its number.</param>
    /// <param name="arguments">Its arguments, copied to the domain and back; null if there are none.</param>
    /// <param name="sizeBytes">Their size.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CallStatus Call(int method, void* arguments, nuint sizeBytes)
    {
        ulong entryPoint = _entryPoints[method];
        if (entryPoint == 0)
        {
            return CallFirst(method, arguments, sizeBytes);
        }

        ulong status = GateBinding.Enter(_control, entryPoint, arguments, sizeBytes);
        return status == (ulong)CallStatus.Ok ? CallStatus.Ok : Settle(method, status);
    }

    /// <summary>Calls a method whose spans travel in a buffer.</summary>
    internal CallStatus Call(int method, in TransferBuffer buffer, void* arguments, nuint sizeBytes)
        => buffer.Status == CallStatus.Ok ? Call(method, arguments, sizeBytes) : buffer.Status;

    /// <summary>Lends memory of the domain for the spans of one call.</summary>
    internal TransferBuffer Lend(nuint sizeBytes) => new(_control, sizeBytes, domain.Window);

    /// <summary>How much of it a span needs.</summary>
    internal nuint Room(void* pointer, nuint bytes) => domain.Window.Holds(pointer, bytes) ? 0 : TransferBuffer.Round(bytes);

    /// <summary>The domain has answered a method with a value that the contract does not allow.</summary>
    internal CallStatus RefuseReply(int method) => Refuse(method, "a value that the contract does not allow");

    internal void Forget() => ((Span<ulong>)_entryPoints).Clear();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallStatus CallFirst(int method, void* arguments, nuint sizeBytes)
    {
        // While calls are measured each one is a first one.
        bool isMeasured = CallProfile.IsOn;
        Span<ulong> entryPoints = isMeasured ? stackalloc ulong[methodCount] : _entryPoints[..methodCount];
        if (!domain.TryFill(contract, entryPoints))
        {
            return domain.IsOpen ? CallStatus.NotSupported : CallStatus.DomainUnavailable;
        }

        ulong entryPoint = entryPoints[method];
        if (entryPoint == 0)
        {
            return CallStatus.DomainUnavailable;
        }

        ulong startNanoseconds = isMeasured ? CallProfile.ReadNanoseconds() : 0;
        ulong status = GateBinding.Enter(_control, entryPoint, arguments, sizeBytes);
        if (isMeasured)
        {
            CallProfile.Add(contract, method, startNanoseconds);
        }

        return Settle(method, status);
    }

    // The number comes from the domain: it may be anything. That a domain has died only the gate says, of one that has: whoever waits for
    // its successor must not be sent to wait by one that goes on.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private CallStatus Settle(int method, ulong status) => status switch
    {
        > (ulong)CallStatus.OutOfResources => Refuse(method, "an unknown status"),
        (ulong)CallStatus.DomainDied or (ulong)CallStatus.DomainUnavailable when domain.IsOpen && GateBinding.IsAlive(_control)
            => Refuse(method, "that it has died"),
        _ => (CallStatus)status,
    };

    // Whoever reads that sees which method has answered so: the domain is no longer in it.
    private CallStatus Refuse(int method, string complaint)
    {
        foreach (ContractDescription description in ContractCatalog.All)
        {
            if (description.Id == contract)
            {
                complaint = $"{complaint} ({description.Methods[method]})";
            }
        }

        GateBinding.ReportFault(_control, FaultKind.BadReply, complaint);
        return CallStatus.DomainDied;
    }
}
