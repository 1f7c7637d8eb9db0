namespace NooksOS.Tests.Generator.Support;

/// <summary>What the extension half calls instead of the machine code that enters the kernel.</summary>
public unsafe interface IFakeKernelEntry
{
    /// <summary>Calls a service.</summary>
    ulong Call(uint service, void* arguments);
}
