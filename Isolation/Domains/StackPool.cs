using System.Runtime.InteropServices;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>
/// The stacks of a domain. Each belongs to one call at a time and carries a thread identity for the runtime inside. Grows on
/// demand, with interrupts off, so it allocates pages only.
/// </summary>
public static unsafe class StackPool
{
    /// <summary>Bytes of each stack.</summary>
    public const ulong StackBytes = 64 * 1024;

    /// <summary>
    /// The most stacks a domain can have, which bounds how many calls can be under way in it. As many as it may have threads of
    /// its own, which may wait for ever, and as many again for calls into it, which may not.
    /// </summary>
    public const int MaximumStacks = 2 * ObjectQuotas.Threads;

    private const ulong GuardBytes = 64 * 1024;
    private const ulong ThreadBlockBytes = 64;
    private const ulong ArgumentAreaOffset = ThreadBlockBytes + Gate.MaximumArgumentBytes;

    // Eight below a multiple of 16, as the calling convention wants it at the first instruction of a function.
    private const ulong EntryStackOffset = ArgumentAreaOffset + sizeof(ulong);

    private static StackDescriptor* s_freeDescriptors;

    /// <summary>Adds one stack to the pool. False if the domain has as many as it may, or there is no memory.</summary>
    public static bool TryGrow(DomainControl* domain)
    {
        if (domain->StackCount >= MaximumStacks)
        {
            return false;
        }

        StackDescriptor* stack = TakeDescriptor();
        if (stack == null)
        {
            return false;
        }

        uint index = domain->StackCount;
        ulong low = domain->SlotBase + SlotLayout.Stacks + (index * (StackBytes + GuardBytes)) + GuardBytes;
        if (!DomainPages.TryMapNew(domain, low, StackBytes / AddressLayout.PageBytes, PageFlags.Writable))
        {
            ReturnDescriptor(stack);
            return false;
        }

        ulong high = low + StackBytes;
        stack->Low = low;
        stack->High = high;
        stack->ThreadBlock = high - ThreadBlockBytes;
        stack->Arguments = high - ArgumentAreaOffset;
        stack->EntryStackPointer = high - EntryStackOffset;

        // SAFETY: the pages were mapped just now and belong to the domain, which nobody is in: its owner word is free, or it
        // has never run. Nothing the kernel relies on is stored there.
        ThreadBlock* block = (ThreadBlock*)stack->ThreadBlock;
        *block = default;
        block->StackLow = low;
        block->StackHigh = stack->ThreadBlock;
        block->SavedStackPointer = stack->ThreadBlock;
        block->ThreadId = index + 1;
        *(ulong*)stack->EntryStackPointer = domain->ReturnCode;
        ImageBlock* image = (ImageBlock*)domain->Block;
        block->Next = image->ThreadList;
        image->ThreadList = (ulong)block;

        domain->StackCount = index + 1;
        stack->NextOfDomain = domain->AllStacks;
        domain->AllStacks = stack;
        stack->Next = domain->FreeStack;
        domain->FreeStack = stack;
        return true;
    }

    /// <summary>Forgets the stacks of a domain whose memory is being freed.</summary>
    public static void Release(DomainControl* domain)
    {
        ulong flags = Processor.DisableInterrupts();
        for (StackDescriptor* stack = domain->AllStacks; stack != null;)
        {
            StackDescriptor* next = stack->NextOfDomain;
            ReturnDescriptor(stack);
            stack = next;
        }

        domain->AllStacks = null;
        domain->FreeStack = null;
        domain->StackCount = 0;
        Processor.RestoreInterrupts(flags);
    }

    private static StackDescriptor* TakeDescriptor()
    {
        if (s_freeDescriptors == null)
        {
            StackDescriptor* page = (StackDescriptor*)FrameAllocator.AllocateZeroedPage();
            if (page == null)
            {
                return null;
            }

            int count = (int)AddressLayout.PageBytes / sizeof(StackDescriptor);
            for (int index = 0; index < count; index++)
            {
                ReturnDescriptor(page + index);
            }
        }

        StackDescriptor* stack = s_freeDescriptors;
        s_freeDescriptors = stack->Next;
        return stack;
    }

    private static void ReturnDescriptor(StackDescriptor* stack)
    {
        *stack = default;
        stack->Next = s_freeDescriptors;
        s_freeDescriptors = stack;
    }

    // The runtime's ThreadBlock.
    [StructLayout(LayoutKind.Sequential)]
    private struct ThreadBlock
    {
        public ulong Next;
        public ulong SavedStackPointer;
        public ulong StackLow;
        public ulong StackHigh;
        public ulong ExceptionInfoHead;
        public ulong ThreadStatics;
        public ulong ThreadId;
        public ulong Flags;
    }
}
