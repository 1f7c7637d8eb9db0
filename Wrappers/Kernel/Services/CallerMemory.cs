namespace NooksOS.Wrappers;

/// <summary>Reaches into the memory of a calling domain, which may pass any address and may be dying.</summary>
internal static unsafe class CallerMemory
{
    /// <summary>Copies from the domain. False if the domain may not pass this address.</summary>
    internal static bool TryCopyIn(nint control, ulong address, void* destination, nuint bytes)
        => bytes == 0 || GateBinding.CopyIn(control, address, destination, bytes);

    /// <summary>Copies to the domain. False if the domain may not pass this address.</summary>
    internal static bool TryCopyOut(nint control, void* source, ulong address, nuint bytes)
        => bytes == 0 || GateBinding.CopyOut(control, source, address, bytes);
}
