using System;
using System.Runtime.CompilerServices;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>Turns what a calling domain did wrong into a fault of that domain.</summary>
internal static unsafe class CallerFaults
{
    /// <summary>An argument is outside what the contract allows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ulong RefuseParameter(nint control, string what)
    {
        GateBinding.ReportFault(control, FaultKind.BadParameter, what);
        return (ulong)CallStatus.BadParameter;
    }

    /// <summary>The status for the caller. Misuse that only the service could see is a fault too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Settle(nint control, CallStatus status, string method)
        => status == CallStatus.Ok ? (ulong)CallStatus.Ok : SettleFailure(control, status, method);

    /// <summary>The service threw: no fault of the caller, who learns only that the call failed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ulong FailService(nint control, uint service, Exception exception)
    {
        GateBinding.ReportServiceDefect(control, service, exception);
        return (ulong)CallStatus.Failed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong SettleFailure(nint control, CallStatus status, string method)
    {
        FaultKind kind = status switch
        {
            CallStatus.BadHandle => FaultKind.BadHandle,
            CallStatus.BadParameter => FaultKind.BadParameter,
            CallStatus.QuotaExceeded => FaultKind.QuotaExceeded,
            _ => default,
        };
        if (kind != default)
        {
            GateBinding.ReportFault(control, kind, method);
        }

        return (ulong)status;
    }
}
