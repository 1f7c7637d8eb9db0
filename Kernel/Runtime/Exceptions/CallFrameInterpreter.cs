using System;

namespace NooksOS.Runtime;

/// <summary>
/// Runs call frame instructions (DWARF 4 §6.4.2). Pure: it reads the bytes it is given and nothing else, allocates nothing and
/// throws nothing, so it serves inside exception dispatch and on a host under test.
/// </summary>
public static class CallFrameInterpreter
{
    private const int RememberDepth = 4;

    private const byte HighAdvance = 0x40;
    private const byte HighOffset = 0x80;
    private const byte HighRestore = 0xC0;
    private const byte HighMask = 0xC0;
    private const byte LowMask = 0x3F;

    private enum Operation : byte
    {
        None = 0x00,
        AdvanceByOne = 0x02,
        AdvanceByTwo = 0x03,
        AdvanceByFour = 0x04,
        OffsetExtended = 0x05,
        RestoreExtended = 0x06,
        SameValue = 0x08,
        RememberState = 0x0A,
        RestoreState = 0x0B,
        DefineFrame = 0x0C,
        DefineFrameRegister = 0x0D,
        DefineFrameOffset = 0x0E,
        ArgumentsSize = 0x2E,
    }

    /// <summary>
    /// Applies instructions until they are used up or pass the target. False if one is unknown or cut short.
    /// </summary>
    /// <param name="instructions">The instructions.</param>
    /// <param name="dataAlignment">Factor of saved offsets, from the common information entry.</param>
    /// <param name="targetOffsetBytes">The place asked about, from the start of the function.</param>
    /// <param name="initial">Rules at the start of the function, for the restore instructions.</param>
    /// <param name="rules">Rules so far; changed.</param>
    public static unsafe bool TryRun(
        ReadOnlySpan<byte> instructions,
        int dataAlignment,
        ulong targetOffsetBytes,
        in CallFrameRules initial,
        ref CallFrameRules rules)
    {
        CallFrameRules* remembered = stackalloc CallFrameRules[RememberDepth];
        int depth = 0;
        ulong offset = 0;
        int position = 0;
        while (position < instructions.Length)
        {
            byte code = instructions[position++];
            ulong register = (ulong)(code & LowMask);
            switch (code & HighMask)
            {
                case HighAdvance:
                    offset += register;
                    if (offset > targetOffsetBytes)
                    {
                        return true;
                    }

                    continue;
                case HighOffset:
                    if (!TryReadUnsigned(instructions, ref position, out ulong factored))
                    {
                        return false;
                    }

                    Save(ref rules, register, (long)factored * dataAlignment);
                    continue;
                case HighRestore:
                    Restore(ref rules, in initial, register);
                    continue;
                default:
                    break;
            }

            switch ((Operation)code)
            {
                case Operation.None:
                    break;
                case Operation.AdvanceByOne:
                case Operation.AdvanceByTwo:
                case Operation.AdvanceByFour:
                    if (!TryReadFixed(instructions, ref position, 1 << (code - (byte)Operation.AdvanceByOne), out ulong advance))
                    {
                        return false;
                    }

                    offset += advance;
                    if (offset > targetOffsetBytes)
                    {
                        return true;
                    }

                    break;
                case Operation.OffsetExtended:
                    if (!TryReadUnsigned(instructions, ref position, out register)
                        || !TryReadUnsigned(instructions, ref position, out ulong saved))
                    {
                        return false;
                    }

                    Save(ref rules, register, (long)saved * dataAlignment);
                    break;
                case Operation.RestoreExtended:
                case Operation.SameValue:
                    if (!TryReadUnsigned(instructions, ref position, out register))
                    {
                        return false;
                    }

                    Restore(ref rules, in initial, register);
                    break;
                case Operation.RememberState:
                    if (depth == RememberDepth)
                    {
                        return false;
                    }

                    remembered[depth++] = rules;
                    break;
                case Operation.RestoreState:
                    if (depth == 0)
                    {
                        return false;
                    }

                    rules = remembered[--depth];
                    break;
                case Operation.DefineFrame:
                    if (!TryReadUnsigned(instructions, ref position, out register)
                        || !TryReadUnsigned(instructions, ref position, out ulong frameOffset))
                    {
                        return false;
                    }

                    rules.FrameRegister = (uint)register;
                    rules.FrameOffsetBytes = (long)frameOffset;
                    break;
                case Operation.DefineFrameRegister:
                    if (!TryReadUnsigned(instructions, ref position, out register))
                    {
                        return false;
                    }

                    rules.FrameRegister = (uint)register;
                    break;
                case Operation.DefineFrameOffset:
                    if (!TryReadUnsigned(instructions, ref position, out frameOffset))
                    {
                        return false;
                    }

                    rules.FrameOffsetBytes = (long)frameOffset;
                    break;
                case Operation.ArgumentsSize:
                    if (!TryReadUnsigned(instructions, ref position, out _))
                    {
                        return false;
                    }

                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Reads an unsigned LEB128 number.</summary>
    public static bool TryReadUnsigned(ReadOnlySpan<byte> bytes, ref int position, out ulong value)
    {
        value = 0;
        for (int shift = 0; position < bytes.Length && shift < 64; shift += 7)
        {
            byte next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a signed LEB128 number.</summary>
    public static bool TryReadSigned(ReadOnlySpan<byte> bytes, ref int position, out long value)
    {
        value = 0;
        for (int shift = 0; position < bytes.Length && shift < 64;)
        {
            byte next = bytes[position++];
            value |= (long)(next & 0x7F) << shift;
            shift += 7;
            if ((next & 0x80) == 0)
            {
                if ((next & 0x40) != 0 && shift < 64)
                {
                    value |= -1L << shift;
                }

                return true;
            }
        }

        return false;
    }

    private static bool TryReadFixed(ReadOnlySpan<byte> bytes, ref int position, int sizeBytes, out ulong value)
    {
        value = 0;
        if (bytes.Length - position < sizeBytes)
        {
            return false;
        }

        for (int index = 0; index < sizeBytes; index++)
        {
            value |= (ulong)bytes[position++] << (8 * index);
        }

        return true;
    }

    private static unsafe void Save(ref CallFrameRules rules, ulong register, long offsetBytes)
    {
        if (register < CallFrameRules.RegisterCount)
        {
            rules.SavedMask |= 1u << (int)register;
            rules.OffsetBytes[register] = offsetBytes;
        }
    }

    private static unsafe void Restore(ref CallFrameRules rules, in CallFrameRules initial, ulong register)
    {
        if (register < CallFrameRules.RegisterCount)
        {
            uint bit = 1u << (int)register;
            rules.SavedMask = (rules.SavedMask & ~bit) | (initial.SavedMask & bit);
            rules.OffsetBytes[register] = initial.OffsetBytes[register];
        }
    }
}
