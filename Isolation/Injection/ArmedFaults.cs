using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Isolation.Injection;

/// <summary>
/// Tells whether and when a changed instruction was reached. Its first byte is a breakpoint until then: the first thread that comes
/// there traps, the byte becomes that of the changed instruction, and the thread goes on with it. Whatever jumps past the first
/// byte runs the changed instruction's rest at once, as it would without this.
/// </summary>
/// <remarks>Used by the trap handler: plain statics, no allocation. Writers keep interrupts off.</remarks>
public static unsafe class ArmedFaults
{
    /// <summary>Most faults at one time.</summary>
    public const int Limit = 64;

    /// <summary>INT3.</summary>
    internal const byte Breakpoint = 0xCC;

    private const ulong BreakpointBytes = 1;

    // Made by the first fault that is armed. No initialiser: the trap handler must not run one.
    private static ArmedFault* s_faults;
    private static int s_count;

    /// <summary>Faults that were armed since the last <see cref="Clear"/>.</summary>
    public static int Count => s_count;

    /// <summary>Forgets all. What is armed in a running instance would kill it then: clear only before arming in a fresh one.</summary>
    public static void Clear() => s_count = 0;

    /// <summary>When a fault was reached first, in nanoseconds since boot; zero if it was not.</summary>
    public static long ActivationNanoseconds(int index) => s_faults[index].ActivationNanoseconds;

    /// <summary>Remembers a breakpoint that was written. False if there are too many.</summary>
    internal static bool TryAdd(uint domainId, ulong address, byte firstByte)
    {
        if (s_faults == null)
        {
            s_faults = (ArmedFault*)FrameAllocator.AllocateZeroedPages(AddressLayout.PagesFor(Limit * (ulong)sizeof(ArmedFault)));
        }

        if (s_faults == null || s_count == Limit)
        {
            return false;
        }

        s_faults[s_count] = new ArmedFault { DomainId = domainId, Address = address, FirstByte = firstByte };
        s_count++;
        return true;
    }

    /// <summary>Takes a trap that one of the breakpoints caused. False if it has another cause.</summary>
    internal static bool TryActivate(TrapFrame* frame, uint domainId)
    {
        if (frame->Vector != (ulong)TrapVector.Breakpoint)
        {
            return false;
        }

        ulong address = frame->Rip - BreakpointBytes;
        for (int index = 0; index < s_count; index++)
        {
            ref ArmedFault fault = ref s_faults[index];
            if (fault.Address == address && fault.DomainId == domainId && fault.ActivationNanoseconds == 0)
            {
                fault.ActivationNanoseconds = Clock.Nanoseconds;
                frame->Rip = address;
                return InstanceCode.TryWriteByte(address, fault.FirstByte);
            }
        }

        return false;
    }

    private struct ArmedFault
    {
        public ulong Address;
        public long ActivationNanoseconds;
        public uint DomainId;
        public byte FirstByte;
    }
}
