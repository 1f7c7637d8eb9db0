using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;
using ThreadPriority = NooksOS.Kernel.Threads.ThreadPriority;

namespace NooksOS.Isolation;

/// <summary>
/// One instance of an image in a slot of its own: its memory, its view, the objects it holds and the services it may call.
/// Life: <see cref="TryCreate"/>, load the image, <see cref="Activate"/>, calls; then <see cref="DomainDeath.Kill"/>,
/// <see cref="TryWaitUntilEmpty"/>, the tracker's teardown, <see cref="Free"/>.
/// </summary>
public sealed unsafe class Domain
{
    private const long EmptyPollNanoseconds = 1_000_000;

    private static readonly Domain?[] s_bySlot = new Domain?[SlotLayout.SlotLimit];

    private readonly object?[] _services = new object?[ContractLimit];
    private readonly Dictionary<ushort, ulong[]> _entryPoints = [];

    /// <summary>One more than the highest contract number.</summary>
    public const int ContractLimit = 64;

    private Domain(string name, DomainControl* control, ObjectQuotas quotas, TrackerLedger ledger)
    {
        Name = name;
        Control = control;
        DomainId = control->DomainId;
        Objects = new HandleTable(control->DomainId, quotas, ledger);
        Heap = new DomainHeap(control, Objects.Memory);
        Regions = new DomainRegions(control);

        // SAFETY: objects of the kernel do not move, and this one holds the array until Free has taken the address away.
        control->ServiceTable = (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_services));
    }

    /// <summary>Name of the extension.</summary>
    public string Name { get; }

    /// <summary>Where the image's table of functions is, for walks of its stacks. Set by the loader.</summary>
    public ulong UnwindTable { get; set; }

    /// <summary>The part that gates use.</summary>
    public DomainControl* Control { get; }

    /// <summary>Identity; never reused.</summary>
    public uint DomainId { get; }

    /// <summary>Which instance of the extension this is, from one; zero before it takes its place.</summary>
    public uint Generation { get; set; }

    /// <summary>Priority of the threads that it starts; set before it starts any.</summary>
    public ThreadPriority ThreadPriority { get; set; } = ThreadPriority.Normal;

    /// <summary>Everything of the kernel's that it holds.</summary>
    public HandleTable Objects { get; }

    /// <summary>Pages of its runtime's heap.</summary>
    public DomainHeap Heap { get; }

    /// <summary>Register windows, DMA buffers and the transfer area.</summary>
    public DomainRegions Regions { get; }

    /// <summary>What its devices reach; null before it has one, and where nothing keeps devices from memory.</summary>
    public DmaFence? Fence { get; private set; }

    /// <summary>Pages of the image; set by the loader.</summary>
    public ulong ImagePages { get; internal set; }

    /// <summary>Code and constants of the image, which it shares with other instances; set by the loader.</summary>
    internal SharedImagePages? SharedPages { get; set; }

    /// <summary>Where the image starts; set by the loader.</summary>
    public ulong EntryPoint { get; internal set; }

    /// <summary>Where its interrupts go; set by the layer that has the wrappers, before the image can open a line.</summary>
    public IInterruptSink? InterruptSink { get; set; }

    /// <summary>
    /// Asked before <see cref="InterruptSink"/>: whether somebody else serves a line, who calls
    /// <see cref="InterruptDelivery.Release(ulong)"/> when that is done.
    /// </summary>
    public Func<InterruptDelivery, bool>? InterruptServer { get; set; }

    /// <summary>Where its timers go; set like <see cref="InterruptSink"/>.</summary>
    public ITimerSink? TimerSink { get; set; }

    /// <summary>Whether it may be entered.</summary>
    public bool IsAlive => Control->DomainId == DomainId && Control->State == DomainState.Alive;

    /// <summary>The domain that a control block stands for now, or null: its slot may be another domain's already.</summary>
    public static Domain? FromControl(DomainControl* control)
        => s_bySlot[control->Slot] is { } domain && domain.Control == control ? domain : null;

    /// <summary>The living and dying domains.</summary>
    public static IEnumerable<Domain> All()
    {
        foreach (Domain? domain in s_bySlot)
        {
            if (domain is not null)
            {
                yield return domain;
            }
        }
    }

    /// <summary>Makes an empty domain. Null if there is no slot, key or memory.</summary>
    public static Domain? TryCreate(
        string name, ProtectionBackEnd backEnd, ObjectQuotas quotas, TrackerLedger ledger)
    {
        DomainControl* control = DomainTable.Take();
        if (control == null)
        {
            return null;
        }

        control->ProtectionKey = backEnd == ProtectionBackEnd.ProtectionKeys ? TakeKey(control->Slot) : 0;
        if (backEnd == ProtectionBackEnd.ProtectionKeys && control->ProtectionKey == 0)
        {
            // All keys are in use: the same protection by other means.
            backEnd = ProtectionBackEnd.PageTable;
        }

        if (!Views.TryOpenSlot((int)control->Slot))
        {
            DomainTable.Return(control);
            return null;
        }

        if (!Views.TryMakeView(control, backEnd))
        {
            Views.CloseSlot((int)control->Slot);
            DomainTable.Return(control);
            return null;
        }

        control->KeyRights = ProtectionKeys.RightsOf(control->ProtectionKey);
        control->BudgetTicks = Watchdog.StartBudgetTicks;
        Gate.SetBackEnd(control, backEnd);
        Domain domain = new(name, control, quotas, ledger);
        s_bySlot[control->Slot] = domain;
        return domain;
    }

    /// <summary>Offers a service of the kernel to the domain.</summary>
    public void SetService(ushort contract, object implementation) => _services[contract] = implementation;

    /// <summary>What implements a service for the domain; null if it is not offered.</summary>
    public object? GetService(ushort contract) => _services[contract];

    /// <summary>Records the entry points that the domain offers. False if one is outside its code.</summary>
    public bool TryPublish(ushort contract, ReadOnlySpan<ulong> entryPoints)
    {
        foreach (ulong entryPoint in entryPoints)
        {
            if (!Control->Code.IsManaged(entryPoint))
            {
                return false;
            }
        }

        lock (_entryPoints)
        {
            return _entryPoints.TryAdd(contract, entryPoints.ToArray());
        }
    }

    /// <summary>The entry points of a contract that the domain offers, or an empty array.</summary>
    public ulong[] GetEntryPoints(ushort contract)
    {
        lock (_entryPoints)
        {
            return _entryPoints.TryGetValue(contract, out ulong[]? entryPoints) ? entryPoints : [];
        }
    }

    /// <summary>What its devices reach, made for the first of them. Null if there is no memory, or none left of what it may have.</summary>
    internal DmaFence? OpenFence()
    {
        lock (_entryPoints)
        {
            if (Fence is null)
            {
                Fence = DmaFence.TryMake(
                    new ChargedTables(DmaRemapping.Memory, Objects.Memory), DmaRemapping.Levels, (ushort)Control->Slot, DmaRemapping.FindUnit);
                Fence?.SetOpen(Control->BackEnd == ProtectionBackEnd.Direct);
            }

            return Fence;
        }
    }

    /// <summary>Lets calls in, once the image is loaded.</summary>
    public void Activate() => Control->State = DomainState.Alive;

    /// <summary>Sets how long one call may take from now on.</summary>
    public void SetBudget(ulong ticks) => Control->BudgetTicks = ticks;

    /// <summary>
    /// Waits until no thread is in the dead domain or in a service on its behalf. False if the time ran out: then its memory
    /// must be kept.
    /// </summary>
    public bool TryWaitUntilEmpty(long timeoutNanoseconds)
    {
        long deadline = Clock.Nanoseconds + timeoutNanoseconds;
        while (Volatile.Read(ref Control->ActiveFrames) != 0)
        {
            if (Clock.Nanoseconds >= deadline)
            {
                return false;
            }

            // Threads leave once they get the processor, and the last one wakes this key. The time-out covers one that left
            // between the look and the wait.
            WaitTable.Wait(EmptyKey(Control), EmptyPollNanoseconds);
        }

        return true;
    }

    /// <summary>What is woken when the last thread has left a dead domain.</summary>
    internal static ulong EmptyKey(DomainControl* control) => (ulong)control + 1;

    /// <summary>Frees the memory of an empty domain and its slot. Returns how many pages were given back.</summary>
    public ulong Free()
    {
        StackPool.Release(Control);
        Views.FreeView(Control);
        ulong pages = Views.CloseSlot((int)Control->Slot);
        SharedPages?.Release();
        SharedPages = null;
        Fence?.Free();
        Objects.Memory.DischargeAll();
        s_bySlot[Control->Slot] = null;
        Control->ServiceTable = 0;
        DomainTable.Return(Control);
        return pages;
    }

    /// <summary>How many pages are mapped in its slot, its share of the page tables left out.</summary>
    public ulong CountPages()
        => ImagePages + TransferPages.Count + (Control->StackCount * StackPool.StackBytes / AddressLayout.PageBytes)
            + (Objects.Memory.LiveBytes / AddressLayout.PageBytes);

    /// <summary>How many pages it takes from the machine: those that it shares with other instances left out, its view among them.</summary>
    public ulong CountOwnPages() => CountPages() - (SharedPages?.PageCount ?? 0) + Views.PagesPerView;

    /// <summary>
    /// Changes the protection of a domain that nobody is in. False if somebody is, or if its pages have no protection key to
    /// protect them by.
    /// </summary>
    public bool TrySetBackEnd(ProtectionBackEnd backEnd)
    {
        ulong flags = Processor.DisableInterrupts();
        bool idle = Control->ActiveFrames == 0 && Control->Waiters == 0 && Control->State == DomainState.Alive
            && (backEnd != ProtectionBackEnd.ProtectionKeys || Control->ProtectionKey != 0);
        if (idle)
        {
            idle = Views.TryMakeView(Control, backEnd);
        }

        if (idle)
        {
            Gate.SetBackEnd(Control, backEnd);
            SetReturnPath();
        }

        Processor.RestoreInterrupts(flags);
        if (idle)
        {
            Fence?.SetOpen(backEnd == ProtectionBackEnd.Direct);
        }

        return idle;
    }

    /// <summary>Tells the image how to call the kernel and where calls return to, by back end.</summary>
    public void SetReturnPath()
    {
        // SAFETY: the image is mapped; nobody is inside.
        ImageBlock* block = (ImageBlock*)Control->Block;
        block->GateCall = Control->BackEnd == ProtectionBackEnd.Ring3 ? Control->SystemCallCode : Gate.CallCode(Control->BackEnd);
        block->Mode = (ulong)Control->BackEnd;
        for (StackDescriptor* stack = Control->AllStacks; stack != null; stack = stack->NextOfDomain)
        {
            *(ulong*)stack->EntryStackPointer = Control->ReturnCode;
        }
    }

    private static uint TakeKey(uint slot)
    {
        uint used = 0;
        foreach (Domain? domain in s_bySlot)
        {
            if (domain is not null && domain.Control->Slot != slot)
            {
                used |= 1u << (int)domain.Control->ProtectionKey;
            }
        }

        for (uint key = 1; key < ProtectionKeys.InterruptStackKey; key++)
        {
            if ((used & (1u << (int)key)) == 0)
            {
                return key;
            }
        }

        return 0;
    }
}
