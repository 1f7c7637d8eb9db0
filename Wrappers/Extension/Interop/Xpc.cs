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

    /// <summary>What identifies the thread inside this image: its block, which the kernel sets whenever it enters.</summary>
    [RuntimeImport("*", "xpc_get_current_thread")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void* GetCurrentThread();
}
