using System.Runtime;
using System.Runtime.CompilerServices;

namespace NooksOS.Runtime;

/// <summary>Walks the managed frames of the current thread, for exception dispatch and for stack traces.</summary>
internal static unsafe class StackWalk
{
    private const uint NoClause = uint.MaxValue;
    private const byte SupersededFlag = 8;

    private const int Rbx = 3;
    private const int Rbp = 6;
    private const int Rsp = 7;
    private const int R12 = 12;
    private const int R13 = 13;
    private const int R14 = 14;
    private const int R15 = 15;

    // What RhpCallXFunclet leaves between its stack pointer after the call and its return address; see exceptions.asm.
    private const int FuncletCallLocals = 3;

    /// <summary>Starts a walk at a context. False if it is not in managed code.</summary>
    [RuntimeExport("RhpSfiInit")]
    public static byte Initialize(StackFrameIterator* walk, LimitedContext* context, byte instructionFault, byte* isIntercepted)
    {
        if (isIntercepted != null)
        {
            *isIntercepted = 0;
        }

        *walk = default;
        walk->Registers.Rbx = &context->Rbx;
        walk->Registers.Rbp = &context->Rbp;
        walk->Registers.R12 = &context->R12;
        walk->Registers.R13 = &context->R13;
        walk->Registers.R14 = &context->R14;
        walk->Registers.R15 = &context->R15;
        walk->Registers.StackPointer = context->StackPointer;
        walk->Registers.InstructionPointer = context->InstructionPointer;

        // The walk of a dispatch lives inside its ExInfo, the head of the list; what it can collide with is the one before.
        ExceptionInfo* head = (ExceptionInfo*)ThreadBlock.Current->ExceptionInfoHead;
        walk->NextExceptionInfo = head != null && walk == &head->Frames ? head->Previous : head;
        return TrySettle(walk, instructionFault != 0) ? (byte)1 : (byte)0;
    }

    /// <summary>Goes on to the caller. False at the end of managed code.</summary>
    [RuntimeExport("RhpSfiNext")]
    public static byte Next(StackFrameIterator* walk, uint* collidedClause, byte* unwoundReversePInvoke, byte* isIntercepted)
    {
        if (collidedClause != null)
        {
            *collidedClause = NoClause;
        }

        if (isIntercepted != null)
        {
            *isIntercepted = 0;
        }

        if (unwoundReversePInvoke != null)
        {
            *unwoundReversePInvoke = 0;
        }

        FrameDescription function;
        if (!FrameDescription.TryFind(walk->ControlPc, &function))
        {
            return 0;
        }

        if (MethodData.Read(&function).IsReversePInvoke)
        {
            if (unwoundReversePInvoke != null)
            {
                *unwoundReversePInvoke = 1;
            }

            return 0;
        }

        if (!TryUnwind(walk, &function))
        {
            return 0;
        }

        byte* returnAddress = walk->Registers.InstructionPointer;
        ImageInfo* image = ImageInfo.Current;
        bool isHandlerCall = returnAddress == image->AfterCatchFunclet || returnAddress == image->AfterFinallyFunclet;
        if (isHandlerCall && collidedClause != null && walk->NextExceptionInfo != null)
        {
            Collide(walk, collidedClause);
            return 1;
        }

        if (isHandlerCall || returnAddress == image->AfterFilterFunclet)
        {
            UnwindFuncletCall(walk);
        }

        return TrySettle(walk, false) ? (byte)1 : (byte)0;
    }

    /// <summary>
    /// Collects return addresses of the current thread, innermost first, from the caller of the frame that holds an address on.
    /// Returns how many there are, negative if they do not fit.
    /// </summary>
    [RuntimeExport("RhpGetCurrentThreadStackTrace")]
    public static int GetCurrentThreadStackTrace(nint* addresses, uint capacity, nuint addressInFrame)
    {
        LimitedContext context = default;
        CaptureContext(&context);
        StackFrameIterator walk;
        uint count = 0;
        for (byte valid = Initialize(&walk, &context, 0, null); valid != 0; valid = Next(&walk, null, null, null))
        {
            if ((nuint)walk.Registers.StackPointer <= addressInFrame)
            {
                continue;
            }

            if (count < capacity)
            {
                addresses[count] = (nint)walk.OriginalControlPc;
            }

            count++;
        }

        return count <= capacity ? (int)count : -(int)count;
    }

    // The thrown exception leaves the handler of an older one, which is over thereby: go on where that one had come to.
    private static void Collide(StackFrameIterator* walk, uint* collidedClause)
    {
        ExceptionInfo* older = walk->NextExceptionInfo;
        older->Kind |= SupersededFlag;
        ExceptionInfo* next = older->Previous;
        *collidedClause = older->CurrentClause;
        *walk = older->Frames;
        walk->NextExceptionInfo = next;
    }

    private static bool TrySettle(StackFrameIterator* walk, bool instructionFault)
    {
        byte* instruction = walk->Registers.InstructionPointer;
        walk->OriginalControlPc = instruction;

        // A return address may be the first byte after its function.
        walk->ControlPc = instructionFault ? instruction : instruction - 1;
        FrameDescription function;
        if (!FrameDescription.TryFind(walk->ControlPc, &function))
        {
            return false;
        }

        MethodData data = MethodData.Read(&function);
        walk->FramePointer = data.IsFunclet || data.Clauses != null ? (void*)*walk->Registers.Rbp : walk->Registers.StackPointer;
        return true;
    }

    private static bool TryUnwind(StackFrameIterator* walk, FrameDescription* function)
    {
        CallFrameRules rules;
        if (!function->TryGetRules(walk->ControlPc, &rules))
        {
            return false;
        }

        RegisterDisplay* registers = &walk->Registers;
        byte* frame;
        switch (rules.FrameRegister)
        {
            case Rsp:
                frame = registers->StackPointer;
                break;
            case Rbp:
                frame = (byte*)*registers->Rbp;
                break;
            case Rbx:
                frame = (byte*)*registers->Rbx;
                break;
            default:
                return false;
        }

        frame += rules.FrameOffsetBytes;
        Locate(&rules, Rbx, frame, &registers->Rbx);
        Locate(&rules, Rbp, frame, &registers->Rbp);
        Locate(&rules, R12, frame, &registers->R12);
        Locate(&rules, R13, frame, &registers->R13);
        Locate(&rules, R14, frame, &registers->R14);
        Locate(&rules, R15, frame, &registers->R15);
        ThreadBlock* thread = ThreadBlock.Current;
        if (frame <= thread->StackLow || frame > thread->StackHigh)
        {
            return false;
        }

        // SAFETY: the return address lies just below the frame address, which was checked to be on this stack.
        registers->InstructionPointer = *(byte**)(frame + rules.OffsetBytes[CallFrameRules.ReturnAddress]);
        registers->StackPointer = frame;
        return true;
    }

    private static void UnwindFuncletCall(StackFrameIterator* walk)
    {
        // SAFETY: the walk stands in RhpCallXFunclet, whose frame has this fixed shape.
        ulong* saved = (ulong*)walk->Registers.StackPointer + FuncletCallLocals;
        walk->Registers.R15 = saved++;
        walk->Registers.R14 = saved++;
        walk->Registers.R13 = saved++;
        walk->Registers.R12 = saved++;
        walk->Registers.Rbx = saved++;
        walk->Registers.Rbp = saved++;
        walk->Registers.InstructionPointer = (byte*)*saved++;
        walk->Registers.StackPointer = (byte*)saved;
    }

    private static void Locate(CallFrameRules* rules, int register, byte* frame, ulong** place)
    {
        if ((rules->SavedMask & (1u << register)) != 0)
        {
            *place = (ulong*)(frame + rules->OffsetBytes[register]);
        }
    }

    [RuntimeImport("*", "rt_capture_context")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void CaptureContext(LimitedContext* context);
}
