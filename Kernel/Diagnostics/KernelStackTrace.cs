using System;
using NooksOS.Kernel.Cpu;
using NooksOS.Runtime;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>Return addresses of the kernel's stack, found with the unwinder that exceptions use. Allocates nothing.</summary>
internal static unsafe class KernelStackTrace
{
    private const int MaximumWordsWithoutFrame = 64;

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
        if (!isManaged)
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
