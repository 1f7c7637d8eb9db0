using System.Runtime.CompilerServices;

namespace NooksOS.Wrappers;

/// <summary>Which services a calling domain may use.</summary>
internal static unsafe class CallerServices
{
    /// <summary>The service that implements a contract for the caller, or null if it may not use it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T? Resolve<T>(nint control, ushort contract)
        where T : class
    {
        // SAFETY: a domain's table holds under a contract's number only implementations of that contract; a cast that is
        // checked would cost more than the rest of a cheap call.
        return Unsafe.As<T?>(GateBinding.Resolve(control, contract));
    }
}
