using System.Runtime.CompilerServices;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Bus.Interrupts;

/// <summary>
/// The inputs of the I/O APICs. A line has one handler; who shares a line among devices does so in its handler. A level-triggered
/// handler must silence the device or <see cref="Mask"/> the line before it returns.
/// </summary>
public static unsafe class InterruptLines
{
    /// <summary>Lines that have a vector.</summary>
    public const int LineLimit = 64;

    private const int UnitLimit = 4;

    private static LineTable s_lines;
    private static UnitTable s_units;
    private static int s_unitCount;

    /// <summary>Lines that were asserted without a handler, and masked then.</summary>
    public static ulong UnexpectedCount { get; private set; }

    /// <summary>Maps the I/O APICs and masks every line, also of the old interrupt controller.</summary>
    public static void Initialize(InterruptTopology topology)
    {
        DisableLegacyController();
        foreach (IoApicDescription description in topology.IoApics)
        {
            void* registers = s_unitCount == UnitLimit ? null : KernelMappings.MapDevice(description.PhysicalAddress, AddressLayout.PageBytes);
            if (registers != null)
            {
                s_units[s_unitCount++] = new IoApicUnit(registers, description.FirstLine);
            }
        }
    }

    /// <summary>
    /// Gives a line a handler and programs the line, masked. False if there is no such line or somebody has it.
    /// </summary>
    public static bool TryAttach(InterruptRoute route, delegate*<uint, void*, void> handler, void* context)
    {
        ulong flags = Processor.DisableInterrupts();
        int unit = FindUnit(route.Line);
        bool free = unit >= 0 && s_lines[(int)route.Line].Handler == null;
        if (free)
        {
            s_units[unit].Program(route.Line, (byte)((uint)TrapVector.FirstInterruptLine + route.Line), route.IsLevelTriggered, route.IsActiveLow);
            s_lines[(int)route.Line].Context = context;
            s_lines[(int)route.Line].Handler = handler;
        }

        Processor.RestoreInterrupts(flags);
        return free;
    }

    /// <summary>Masks a line and takes its handler away. After it has returned the handler is not called again.</summary>
    public static void Detach(uint line)
    {
        ulong flags = Processor.DisableInterrupts();
        SetMasked(line, true);
        if (line < LineLimit)
        {
            s_lines[(int)line].Handler = null;
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Stops delivery of a line. Handlers may call it.</summary>
    public static void Mask(uint line)
    {
        ulong flags = Processor.DisableInterrupts();
        SetMasked(line, true);
        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Lets a line be delivered.</summary>
    public static void Unmask(uint line)
    {
        ulong flags = Processor.DisableInterrupts();
        SetMasked(line, false);
        Processor.RestoreInterrupts(flags);
    }

    /// <summary>How often a line was asserted.</summary>
    public static ulong CountOf(uint line) => line < LineLimit ? s_lines[(int)line].Count : 0;

    /// <summary>Called by the trap handler, with interrupts off.</summary>
    public static void Dispatch(uint line)
    {
        if (line >= LineLimit)
        {
            return;
        }

        ref InterruptLineState state = ref s_lines[(int)line];
        state.Count++;
        if (state.Handler == null)
        {
            UnexpectedCount++;
            SetMasked(line, true);
            return;
        }

        state.Handler(line, state.Context);
    }

    private static void SetMasked(uint line, bool masked)
    {
        int unit = FindUnit(line);
        if (unit >= 0)
        {
            s_units[unit].SetMasked(line, masked);
        }
    }

    private static int FindUnit(uint line)
    {
        for (int unit = 0; line < LineLimit && unit < s_unitCount; unit++)
        {
            if (s_units[unit].Has(line))
            {
                return unit;
            }
        }

        return -1;
    }

    private static void DisableLegacyController()
    {
        const ushort FirstMaskPort = 0x21;
        const ushort SecondMaskPort = 0xA1;
        PortIo.Write8(FirstMaskPort, byte.MaxValue);
        PortIo.Write8(SecondMaskPort, byte.MaxValue);
    }

    [InlineArray(LineLimit)]
    private struct LineTable
    {
        private InterruptLineState _first;
    }

    [InlineArray(UnitLimit)]
    private struct UnitTable
    {
        private IoApicUnit _first;
    }
}
