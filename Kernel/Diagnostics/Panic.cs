using System;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;
using NooksOS.Kernel.Threads;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>
/// The end of the kernel: one block that says why, on every console, and the machine stops. Works at any time, with anything
/// broken: it allocates nothing, waits for nothing and takes no lock, and a panic inside a panic prints less.
/// </summary>
public static unsafe class Panic
{
    private const int LineBytes = 400;
    private const int MaximumFrames = 40;
    private const int MaximumFramesOfOthers = 12;
    private const int MaximumThreads = 100;

    private static int s_depth;

    /// <summary>
    /// Adds a blank and "image: function (file:line)" of an address in a domain to a text, if it is known. Set by the layer that
    /// loads extensions; must not allocate.
    /// </summary>
    public static delegate*<ulong, ref Utf8Text, void> DomainSymbolizer { get; set; }

    /// <summary>Stops the kernel.</summary>
    /// <param name="reason">What is wrong, in words.</param>
    /// <param name="detail">The value that it is about.</param>
    public static void Stop(ReadOnlySpan<byte> reason, ulong detail = 0)
    {
        Processor.DisableInterrupts();
        Begin();
        Utf8Text line = new(stackalloc byte[LineBytes]);
        line.Append("reason: "u8);
        line.Append(reason);
        line.Append(" ("u8);
        line.AppendHex(detail);
        line.Append((byte)')');
        End(ref line);
        if (s_depth == 1)
        {
            WriteThread();
            Span<ulong> addresses = stackalloc ulong[MaximumFrames];
            WriteStack(addresses[..KernelStackTrace.Capture(addresses)], true);
        }

        Finish();
    }

    /// <summary>Stops the kernel because of a processor exception in it.</summary>
    public static void OnFatalException(TrapFrame* frame)
    {
        ulong address = Processor.ReadCr2();
        Begin();
        Utf8Text line = new(stackalloc byte[LineBytes]);
        line.Append("reason: "u8);
        ExceptionText.Describe(ref line, frame->Vector, frame->ErrorCode, address);
        End(ref line);
        if (s_depth == 1)
        {
            WriteThread();
            WriteRegisters(frame, address);
            Span<ulong> addresses = stackalloc ulong[MaximumFrames];
            WriteStack(addresses[..KernelStackTrace.Capture(frame, addresses)], false);
            if (frame->Vector == (ulong)TrapVector.NonMaskable)
            {
                // Whoever pushes that button wants to know why nothing goes on, and the reason may be a thread that waits.
                WriteOtherThreads();
            }
        }

        Finish();
    }

    private static void Begin()
    {
        s_depth++;
        Screen.StopPainter();
        if (s_depth > 2)
        {
            MachinePower.StopAfterPanic();
        }

        WriteLine(s_depth == 1 ? "\n==== KERNEL PANIC ===="u8 : "\n==== PANIC IN THE PANIC ===="u8);
    }

    private static void Finish()
    {
        WriteLine("==== END OF PANIC ===="u8);
        MachinePower.StopAfterPanic();
    }

    private static void WriteThread()
    {
        ThreadControl* thread = Scheduler.Current;
        if (thread == null)
        {
            return;
        }

        Utf8Text line = new(stackalloc byte[LineBytes]);
        AppendThread(ref line, thread);
        End(ref line);
    }

    private static void WriteOtherThreads()
    {
        int count = 0;
        for (ThreadControl* thread = Scheduler.AllThreads; thread != null && count < MaximumThreads; thread = thread->Next, count++)
        {
            if (thread != Scheduler.Current)
            {
                WriteWaitingThread(thread);
            }
        }
    }

    private static void WriteWaitingThread(ThreadControl* thread)
    {
        Utf8Text line = new(stackalloc byte[LineBytes]);
        AppendThread(ref line, thread);
        line.Append(", state "u8);
        line.AppendDecimal((ulong)thread->State);
        line.Append(", priority "u8);
        line.AppendDecimal((ulong)thread->Priority);
        line.Append(", "u8);
        line.AppendDecimal(thread->Ticks);
        line.Append(" ticks, waits for "u8);
        line.AppendHex(thread->WaitKey);
        End(ref line);
        Span<ulong> addresses = stackalloc ulong[MaximumFramesOfOthers];
        WriteStack(addresses[..KernelStackTrace.Capture(thread, addresses)], true);
    }

    private static void AppendThread(ref Utf8Text line, ThreadControl* thread)
    {
        line.Append("thread: "u8);
        line.AppendDecimal(thread->ThreadId);
        line.Append((byte)' ');
        line.Append(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(thread->Name));
    }

    private static void WriteRegisters(TrapFrame* frame, ulong address)
    {
        WriteRegisterLine("rip"u8, frame->Rip, "rsp"u8, frame->Rsp, "rbp"u8, frame->Rbp);
        WriteRegisterLine("rax"u8, frame->Rax, "rbx"u8, frame->Rbx, "rcx"u8, frame->Rcx);
        WriteRegisterLine("rdx"u8, frame->Rdx, "rsi"u8, frame->Rsi, "rdi"u8, frame->Rdi);
        WriteRegisterLine("r8 "u8, frame->R8, "r9 "u8, frame->R9, "r10"u8, frame->R10);
        WriteRegisterLine("r11"u8, frame->R11, "r12"u8, frame->R12, "r13"u8, frame->R13);
        WriteRegisterLine("r14"u8, frame->R14, "r15"u8, frame->R15, "flg"u8, frame->Rflags);
        WriteRegisterLine("cr2"u8, address, "cr3"u8, Processor.ReadCr3(), "cs "u8, frame->Cs);
    }

    private static void WriteRegisterLine(
        ReadOnlySpan<byte> first, ulong firstValue, ReadOnlySpan<byte> second, ulong secondValue, ReadOnlySpan<byte> third, ulong thirdValue)
    {
        Utf8Text line = new(stackalloc byte[LineBytes]);
        line.Append(first);
        line.Append((byte)' ');
        line.AppendHex(firstValue);
        line.Append("  "u8);
        line.Append(second);
        line.Append((byte)' ');
        line.AppendHex(secondValue);
        line.Append("  "u8);
        line.Append(third);
        line.Append((byte)' ');
        line.AppendHex(thirdValue);
        End(ref line);
    }

    private static void WriteStack(ReadOnlySpan<ulong> addresses, bool firstIsReturnAddress)
    {
        WriteLine("stack:"u8);
        for (int index = 0; index < addresses.Length; index++)
        {
            WriteStackLine(addresses[index], index > 0 || firstIsReturnAddress);
        }
    }

    private static void WriteStackLine(ulong address, bool isReturnAddress)
    {
        Utf8Text line = new(stackalloc byte[LineBytes]);
        line.Append("  "u8);
        line.AppendHex(address);
        if (AddressLayout.SlotOf(address) != AddressLayout.KernelImageSlot && DomainSymbolizer != null)
        {
            DomainSymbolizer(address, ref line);
        }
        else
        {
            KernelSymbols.AppendLocation(ref line, address, isReturnAddress);
        }

        End(ref line);
    }

    private static void End(scoped ref Utf8Text line) => WriteLine(line.Written);

    private static void WriteLine(ReadOnlySpan<byte> line)
    {
        KernelConsole.Write(line);
        KernelConsole.Write("\n"u8);
        ControlChannel.WriteWithoutWaiting(line);
        ControlChannel.WriteWithoutWaiting("\n"u8);
    }
}
