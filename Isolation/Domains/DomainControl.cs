using System.Runtime.InteropServices;
using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>
/// The part of a domain that gates and interrupt handlers use: plain memory at a fixed address, with the offsets of
/// <c>layout.inc</c>. It is never freed, only reused, so a stale pointer finds a dead domain.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
public unsafe struct DomainControl
{
    /// <summary>The thread that is inside, or in a service during which it lets nobody in; or null.</summary>
    [FieldOffset(0)]
    public ThreadControl* Owner;

    /// <summary>How many threads wait to get in.</summary>
    [FieldOffset(8)]
    public ulong Waiters;

    /// <summary>Whether the domain may be entered.</summary>
    [FieldOffset(16)]
    public DomainState State;

    /// <summary>Stacks that no call uses.</summary>
    [FieldOffset(24)]
    public StackDescriptor* FreeStack;

    /// <summary>The image's DomainBlock, in the domain's memory.</summary>
    [FieldOffset(32)]
    public ulong Block;

    /// <summary>The CR3 value of the domain's view.</summary>
    [FieldOffset(40)]
    public ulong View;

    /// <summary>The PKRS value while the domain runs.</summary>
    [FieldOffset(48)]
    public ulong KeyRights;

    /// <summary>XPC frames of this domain on all threads. Its memory must not be freed before this is zero.</summary>
    [FieldOffset(56)]
    public ulong ActiveFrames;

    /// <summary>Calls from the kernel.</summary>
    [FieldOffset(64)]
    public ulong CallsIn;

    /// <summary>Calls to the kernel.</summary>
    [FieldOffset(72)]
    public ulong CallsOut;

    /// <summary>The gate's code that enters, by back end.</summary>
    [FieldOffset(80)]
    public ulong EnterCode;

    /// <summary>The gate's code that goes on after a service, by back end.</summary>
    [FieldOffset(88)]
    public ulong ResumeCode;

    /// <summary>The back end in force.</summary>
    [FieldOffset(96)]
    public ProtectionBackEnd BackEnd;

    /// <summary>Identity of the domain.</summary>
    [FieldOffset(100)]
    public uint DomainId;

    /// <summary>Its first address.</summary>
    [FieldOffset(104)]
    public ulong SlotBase;

    /// <summary>Ticks that one call may run or wait.</summary>
    [FieldOffset(112)]
    public ulong BudgetTicks;

    /// <summary>Where its code lies.</summary>
    [FieldOffset(120)]
    public ImageCodeRanges Code;

    /// <summary>Why it died. Written once, by whoever set <see cref="State"/> to dead.</summary>
    [FieldOffset(160)]
    public DomainFault Fault;

    /// <summary>How many stacks it has.</summary>
    [FieldOffset(344)]
    public uint StackCount;

    /// <summary>Protection key of its pages; zero unless the back end is protection keys.</summary>
    [FieldOffset(348)]
    public uint ProtectionKey;

    /// <summary>All its stacks, linked by <see cref="StackDescriptor.NextOfDomain"/>.</summary>
    [FieldOffset(352)]
    public StackDescriptor* AllStacks;

    /// <summary>Where a call returns to, inside the image, at ring 3.</summary>
    [FieldOffset(360)]
    public ulong ReturnCode;

    /// <summary>Where a call of the kernel goes, inside the image, at ring 3.</summary>
    [FieldOffset(368)]
    public ulong SystemCallCode;

    /// <summary>The slot number.</summary>
    [FieldOffset(376)]
    public uint Slot;

    /// <summary>One while the faults of this domain must not be recorded twice.</summary>
    [FieldOffset(380)]
    public uint FaultRecorded;

    /// <summary>Address of the references to the services that the domain may call, by contract number.</summary>
    [FieldOffset(384)]
    public ulong ServiceTable;

    /// <summary><see cref="CallsOut"/> when the watchdog looked last at a thread of the domain's own that was running.</summary>
    [FieldOffset(392)]
    public ulong WatchedCallsOut;

    /// <summary>How many of those calls let other threads in.</summary>
    [FieldOffset(400)]
    public ulong Turns;

    /// <summary><see cref="Turns"/> when the watchdog looked last at a thread of the domain's own that was running.</summary>
    [FieldOffset(408)]
    public ulong WatchedTurns;

    /// <summary>Ticks of the timer that found a thread running in it, or in a service for it.</summary>
    [FieldOffset(416)]
    public ulong RanTicks;

    /// <summary>Whether an address range lies in the domain's slot.</summary>
    public readonly bool Contains(ulong address, ulong lengthBytes)
        => address >= SlotBase && lengthBytes <= SlotLayout.SlotBytes && address - SlotBase <= SlotLayout.SlotBytes - lengthBytes;
}
