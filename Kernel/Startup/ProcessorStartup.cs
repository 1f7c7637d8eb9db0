using System.Runtime;
using System.Runtime.CompilerServices;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Diagnostics;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Startup;

/// <summary>Brings the processor from the boot code's state to the kernel's, in two steps around the start of the base library.</summary>
public static unsafe class ProcessorStartup
{
    private const int InterruptStackBytes = 16 * 1024;
    private const ulong SupervisorExecutionPrevention = 1 << 20;
    private const uint ExtendedFeatureLeaf = 7;

    /// <summary>
    /// The second step: interrupt controllers, time, the timer that drives the scheduler, and input. From here on threads run.
    /// </summary>
    public static void StartTime()
    {
        Hardware.FindInterruptControllers();
        LocalApic.Enable(KernelMappings.MapDevice(Hardware.Interrupts.LocalApicAddress, AddressLayout.PageBytes));
        LocalApic.StartTimer(Clock.Calibrate());
        Processor.EnableInterrupts();
        ConsoleInterrupts.Enable(Hardware.Interrupts);
        Screen.StartPainter();
    }

    /// <summary>
    /// The first step, before the base library is there: descriptor tables, exceptions, and the first thread.
    /// </summary>
    internal static void Initialize()
    {
        KernelImage.Initialize();
        ulong* stacks = stackalloc ulong[DescriptorTables.InterruptStackCount];
        for (int index = 0; index < DescriptorTables.InterruptStackCount; index++)
        {
            stacks[index] = KernelMappings.AllocateInterruptStack(InterruptStackBytes);
            if (stacks[index] == 0)
            {
                Panic.Stop("no memory for interrupt stacks"u8);
            }
        }

        ProcessorBlock* block = ProcessorBlock.Current;
        block->KernelView = KernelAddressSpace.Root;
        block->CurrentView = KernelAddressSpace.Root;
        DescriptorTables.Load(stacks);
        EnableExecutionPrevention();
        KernelThread.Initialize(GetBootStackLow(), GetBootStackHigh());
    }

    // The kernel then cannot be made to run code of a domain that is user-accessible.
    private static void EnableExecutionPrevention()
    {
        const int RegisterB = 1;
        const uint FeatureBit = 1 << 7;
        uint* registers = stackalloc uint[4];
        Processor.Identify(ExtendedFeatureLeaf, 0, registers);
        if ((registers[RegisterB] & FeatureBit) != 0)
        {
            Processor.WriteCr4(Processor.ReadCr4() | SupervisorExecutionPrevention);
        }
    }

    [RuntimeImport("*", "boot_get_stack_low")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetBootStackLow();

    [RuntimeImport("*", "boot_get_stack_high")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong GetBootStackHigh();
}
