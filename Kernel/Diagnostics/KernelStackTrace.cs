using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;
using NooksOS.Runtime;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>Return addresses of the kernel's stack, found with the unwinder that exceptions use. Allocates nothing.</summary>
internal static unsafe class KernelStackTrace
{
    private const int MaximumWordsWithoutFrame = 64;

    // F_LENGTH of layout.inc.
    private const int GateFrameBytes = 104;

    /// <summary>Walks from where the caller is. Returns how many addresses there are.</summary>
    public static int Capture(Span<ulong> addresses)
    {
        fixed (ulong* first = addresses)
        {
            int count = StackWalk.GetCurrentThreadStackTrace((nint*)first, (uint)addresses.Length, 0);
            return Math.Min(Math.Abs(count), addresses.Length);
        }
    }

    /// <summary>Walks from an interrupted place. Returns how many addresses there are.</summary>
    public static int Capture(TrapFrame* frame, Span<ulong> addresses)
    {
        int count = 0;
        addresses[count++] = frame->Rip;
        LimitedContext context = new()
        {
            InstructionPointer = (byte*)frame->Rip,
            StackPointer = (byte*)frame->Rsp,
            Rbp = frame->Rbp,
            Rbx = frame->Rbx,
            R12 = frame->R12,
            R13 = frame->R13,
            R14 = frame->R14,
            R15 = frame->R15,
        };
        StackFrameIterator walk;
        bool isManaged = StackWalk.Initialize(&walk, &context, 1, null) != 0;
        if (!isManaged && IsInDomain(frame->Rip))
        {
            // What the domain called among its own functions is the domain's; the kernel's part begins at the gate.
            isManaged = TryGoToGate(&context) && StackWalk.Initialize(&walk, &context, 0, null) != 0;
            if (isManaged && count < addresses.Length)
            {
                addresses[count++] = (ulong)context.InstructionPointer;
            }
        }
        else if (!isManaged)
        {
            // In assembly, or after a wild jump: look for the first word on the stack that may be a return address.
            isManaged = TryFindManagedCaller(&context) && StackWalk.Initialize(&walk, &context, 0, null) != 0;
            if (isManaged && count < addresses.Length)
            {
                addresses[count++] = (ulong)context.InstructionPointer;
            }
        }

        while (isManaged && count < addresses.Length && StackWalk.Next(&walk, null, null, null) != 0)
        {
            addresses[count++] = (ulong)walk.OriginalControlPc;
        }

        return count;
    }

    /// <summary>Walks from where a thread gave the processor away, in a kernel that has stopped. Returns how many addresses there are.</summary>
    public static int Capture(ThreadControl* thread, Span<ulong> addresses)
    {
        // SAFETY: thread_switch has pushed six registers below its return address, on the stack of a thread that exists.
        ulong* saved = (ulong*)thread->SavedStackPointer;
        LimitedContext context = new()
        {
            R15 = saved[0],
            R14 = saved[1],
            R13 = saved[2],
            R12 = saved[3],
            Rbp = saved[4],
            Rbx = saved[5],
            InstructionPointer = (byte*)saved[6],
            StackPointer = (byte*)(saved + 7),
        };
        int count = 0;
        addresses[count++] = (ulong)context.InstructionPointer;

        // The unwinder believes only what lies on the stack of the thread that runs.
        ThreadControl* current = Scheduler.Current;
        Scheduler.Adopt(thread);
        StackFrameIterator walk;
        bool isManaged = StackWalk.Initialize(&walk, &context, 0, null) != 0;
        while (isManaged && count < addresses.Length && StackWalk.Next(&walk, null, null, null) != 0)
        {
            addresses[count++] = (ulong)walk.OriginalControlPc;
        }

        Scheduler.Adopt(current);
        return count;
    }

    private static bool IsInDomain(ulong address)
        => AddressLayout.SlotOf(address) is >= AddressLayout.FirstDomainSlot and <= AddressLayout.LastDomainSlot;

    private static bool TryGoToGate(LimitedContext* context)
    {
        ThreadControl* thread = Scheduler.Current;
        if (thread == null || thread->XpcFrame == null)
        {
            return false;
        }

        // SAFETY: the gate has pushed these registers before it reserved the frame, on the thread's kernel stack.
        ulong* saved = (ulong*)((byte*)thread->XpcFrame + GateFrameBytes);
        context->R15 = saved[0];
        context->R14 = saved[1];
        context->R13 = saved[2];
        context->R12 = saved[3];
        context->Rbp = saved[4];
        context->Rbx = saved[5];
        context->InstructionPointer = (byte*)saved[6];
        context->StackPointer = (byte*)(saved + 7);
        return true;
    }

    private static bool TryFindManagedCaller(LimitedContext* context)
    {
        for (int word = 0; word < MaximumWordsWithoutFrame; word++)
        {
            // Checked by the fault-safe copy: the stack pointer may be what is broken.
            ulong value;
            if (Traps.FaultSafeCopy(&value, context->StackPointer, sizeof(ulong)) != 0)
            {
                return false;
            }

            context->StackPointer += sizeof(ulong);
            if (KernelImage.Code.IsManaged(value))
            {
                context->InstructionPointer = (byte*)value;
                return true;
            }
        }

        return false;
    }
}
