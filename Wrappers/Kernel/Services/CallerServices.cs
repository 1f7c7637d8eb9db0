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
        // SAFETY:
        // 1. The control is that of the domain that is calling, which cannot be taken down meanwhile.
        // 2. Its table has a place for every contract and stays where it is.
        // 3. It holds under a contract's number only implementations of that contract; a cast that is checked would cost more
        //    than the rest of a cheap call.
        byte* table = *(byte**)(control + GateBinding.ServiceTableOffset);
        return Unsafe.As<nint, T?>(ref *(nint*)(table + (contract * sizeof(nint))));
    }
}
