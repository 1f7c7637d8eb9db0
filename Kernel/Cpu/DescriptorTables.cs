using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Kernel.Cpu;

/// <summary>
/// Fills the interrupt descriptor table and the task state and loads them (Intel SDM vol. 3 §6.10, §7.7).
/// Call once, when the interrupt stacks are mapped.
/// </summary>
public static unsafe class DescriptorTables
{
    private const int VectorCount = 256;
    private const int GateBytes = 16;
    private const int StubBytes = 16;
    private const int TaskStateInterruptStackOffset = 36;
    private const byte InterruptGateAtRing0 = 0x8E;
    private const byte InterruptGateAtRing3 = 0xEE;
    private const ushort KernelCodeSelector = 0x08;

    /// <summary>How many interrupt stacks are needed: ordinary vectors, NMI, double fault, machine check.</summary>
    public const int InterruptStackCount = 4;

    /// <summary>Where the gate of the timer lies: whoever can write there can end the kernel at the next tick.</summary>
    public static ulong TimerGateAddress => (ulong)(GetInterruptTable() + (2 * (int)TrapVector.Timer));

    /// <summary>The interrupt descriptor table. It does not change once it is loaded.</summary>
    public static ReadOnlySpan<byte> InterruptTable => new(GetInterruptTable(), VectorCount * GateBytes);

    /// <summary>Loads the tables. The stacks grow down from the addresses given.</summary>
    /// <param name="interruptStackTops"><see cref="InterruptStackCount"/> addresses, 16-byte aligned.</param>
    public static void Load(ulong* interruptStackTops)
    {
        byte* taskState = GetTaskState();
        for (int index = 0; index < InterruptStackCount; index++)
        {
            // SAFETY: the TSS has seven IST entries of eight bytes from offset 36; four are used.
            *(ulong*)(taskState + TaskStateInterruptStackOffset + (8 * index)) = interruptStackTops[index];
        }

        ulong* gates = GetInterruptTable();
        ulong stubs = GetStubs();
        for (uint vector = 0; vector < VectorCount; vector++)
        {
            ulong stub = stubs + (StubBytes * vector);

            // A breakpoint in code at ring 3 is to be told from a privileged instruction there.
            ulong gate = vector == (uint)TrapVector.Breakpoint ? InterruptGateAtRing3 : InterruptGateAtRing0;
            ulong attributes = InterruptStackIndex((TrapVector)vector) | (gate << 8);

            // SAFETY: the table has 256 gates of two words.
            gates[2 * vector] = (stub & 0xFFFF)
                | ((ulong)KernelCodeSelector << 16)
                | (attributes << 32)
                | ((stub >> 16 & 0xFFFF) << 48);
            gates[(2 * vector) + 1] = stub >> 32;
        }

        LoadTables();
    }

    private static ulong InterruptStackIndex(TrapVector vector) => vector switch
    {
        TrapVector.NonMaskable => 2,
        TrapVector.DoubleFault => 3,
        TrapVector.MachineCheck => 4,
        _ => 1,
    };

    [RuntimeImport("*", "cpu_get_task_state")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* GetTaskState();

    [RuntimeImport("*", "cpu_get_interrupt_table")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong* GetInterruptTable();

    [RuntimeImport("*", "trap_get_stubs")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetStubs();

    [RuntimeImport("*", "cpu_load_descriptors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void LoadTables();
}
