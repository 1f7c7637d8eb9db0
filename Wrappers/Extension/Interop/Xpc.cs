using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Wrappers;

/// <summary>The way to the kernel, used by generated clients.</summary>
internal static unsafe class Xpc
{
    /// <summary>Calls a service of the kernel: contract times 256 plus method.</summary>
    [RuntimeImport("*", "XpcCall")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Call(uint service, void* arguments);
}
