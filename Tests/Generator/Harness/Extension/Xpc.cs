using NooksOS.Tests.Generator.Support;

namespace NooksOS.Wrappers;

/// <summary>Stands in for the machine code that calls the kernel.</summary>
public static unsafe class Xpc
{
    public static IFakeKernelEntry? Kernel { get; set; }

    internal static ulong Call(uint service, void* arguments) => Kernel!.Call(service, arguments);
}
