namespace NooksOS.Kernel.Cpu;

/// <summary>Where the code of a loaded image lies, as absolute addresses.</summary>
/// <param name="ManagedStart">First byte of code made from C#.</param>
/// <param name="ManagedEnd">End of it.</param>
/// <param name="HelperStart">First byte of the runtime's leaf helpers.</param>
/// <param name="HelperEnd">End of them.</param>
/// <param name="ThrowHardwareException">The runtime's entry that throws on behalf of the processor.</param>
public readonly record struct ImageCodeRanges(
    ulong ManagedStart, ulong ManagedEnd, ulong HelperStart, ulong HelperEnd, ulong ThrowHardwareException)
{
    /// <summary>Whether the address is in code made from C#.</summary>
    public bool IsManaged(ulong address) => address - ManagedStart < ManagedEnd - ManagedStart;

    /// <summary>Whether the address is in a leaf helper.</summary>
    public bool IsHelper(ulong address) => address - HelperStart < HelperEnd - HelperStart;
}
