using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Kernel.Cpu;

/// <summary>The per-processor block that assembly and C# share; see <c>descriptors.asm</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct ProcessorBlock
{
    /// <summary>One while a domain has the processor.</summary>
    public ulong InDomain;

    /// <summary>What CR3 holds.</summary>
    public ulong CurrentView;

    /// <summary>The view in which everything is writable.</summary>
    public ulong KernelView;

    /// <summary>Greater than zero while the current thread must not be preempted.</summary>
    public ulong PreemptDisabled;

    /// <summary>One when another thread should get the processor as soon as that is allowed.</summary>
    public ulong Reschedule;

    /// <summary>The block of this processor.</summary>
    // SAFETY: the function returns the address of a static structure of exactly this layout, asserted by a layout test.
    public static ProcessorBlock* Current => GetBlock();

    [RuntimeImport("*", "cpu_get_block")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ProcessorBlock* GetBlock();
}
