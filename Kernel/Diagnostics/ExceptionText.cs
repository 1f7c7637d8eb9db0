using System;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Memory;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>Says in words what a processor exception means.</summary>
public static class ExceptionText
{
    private const ulong ErrorPresent = 1 << 0;
    private const ulong ErrorWrite = 1 << 1;
    private const ulong ErrorReservedBit = 1 << 3;
    private const ulong ErrorFetch = 1 << 4;
    private const ulong ErrorProtectionKey = 1 << 5;
    private const ulong NullPageBytes = 64 * 1024;

    /// <summary>Name of a vector (Intel SDM vol. 3 table 6-1).</summary>
    public static ReadOnlySpan<byte> NameOf(ulong vector) => vector switch
    {
        0 => "divide error"u8,
        1 => "debug exception"u8,
        2 => "non-maskable interrupt"u8,
        3 => "breakpoint"u8,
        4 => "overflow"u8,
        5 => "bound range exceeded"u8,
        6 => "invalid opcode"u8,
        7 => "no FPU"u8,
        8 => "double fault"u8,
        10 => "invalid TSS"u8,
        11 => "segment not present"u8,
        12 => "stack segment fault"u8,
        13 => "general protection fault"u8,
        14 => "page fault"u8,
        16 => "x87 error"u8,
        17 => "alignment check"u8,
        18 => "machine check"u8,
        19 => "SIMD error"u8,
        21 => "control protection fault"u8,
        _ => "unexpected vector"u8,
    };

    /// <summary>Describes an exception.</summary>
    /// <param name="text">Where the words go.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="errorCode">What the processor pushed.</param>
    /// <param name="address">CR2; only looked at for a page fault.</param>
    public static void Describe(ref Utf8Text text, ulong vector, ulong errorCode, ulong address)
    {
        text.Append(NameOf(vector));
        if (vector != (ulong)TrapVector.PageFault)
        {
            text.Append(", error code "u8);
            text.AppendHex(errorCode, 4);
            return;
        }

        text.Append((errorCode & ErrorFetch) != 0 ? ": execution of "u8 : (errorCode & ErrorWrite) != 0 ? ": write to "u8 : ": read of "u8);
        text.AppendHex(address);
        text.Append(", "u8);
        text.Append(
            (errorCode & ErrorReservedBit) != 0 ? "whose page tables are corrupt"u8
            : (errorCode & ErrorProtectionKey) != 0 ? "which its protection key forbids"u8
            : (errorCode & ErrorPresent) != 0 ? "which its page forbids"u8
            : address < NullPageBytes ? "a null reference"u8
            : KernelMappings.IsGuard(address) ? "a guard page: the stack is used up"u8
            : "which is not mapped"u8);
    }
}
