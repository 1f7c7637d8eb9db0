using System;

namespace NooksOS.Runtime;

/// <summary>One function as .eh_frame describes it (Linux Standard Base, Core, §10.6): its extent, rules, and compiler data.</summary>
internal unsafe struct FrameDescription
{
    /// <summary>First instruction.</summary>
    public byte* Start;

    /// <summary>End of the function.</summary>
    public byte* End;

    /// <summary>The compiler's exception tables (LSDA), or null.</summary>
    public byte* CompilerData;

    private byte* _instructions;
    private byte* _instructionsEnd;
    private byte* _initialInstructions;
    private byte* _initialInstructionsEnd;
    private int _dataAlignment;

    /// <summary>Finds the function that contains an instruction. False for code without a description.</summary>
    public static bool TryFind(byte* instruction, FrameDescription* found)
        => TryFind(ImageInfo.Current->FrameTable, instruction, found);

    /// <summary>Finds the function in the table of any image.</summary>
    public static bool TryFind(byte* table, byte* instruction, FrameDescription* found)
    {
        // .eh_frame_hdr: version, three encodings, pointer, count, then pairs sorted by address, relative to the table.
        int count = *(int*)(table + 8);
        int* pairs = (int*)(table + 12);
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (table + pairs[2 * middle] <= instruction)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low != 0 && TryParse(table + pairs[(2 * low) - 1], found) && instruction < found->End;
    }

    /// <summary>Computes the rules in force at an instruction of the function.</summary>
    public readonly bool TryGetRules(byte* instruction, CallFrameRules* rules)
    {
        CallFrameRules initial = default;
        *rules = default;

        // SAFETY: the spans cover instructions of the image's own .eh_frame, found by their length fields.
        if (!CallFrameInterpreter.TryRun(
            new ReadOnlySpan<byte>(_initialInstructions, (int)(_initialInstructionsEnd - _initialInstructions)),
            _dataAlignment, ulong.MaxValue, in initial, ref *rules))
        {
            return false;
        }

        initial = *rules;
        return CallFrameInterpreter.TryRun(
            new ReadOnlySpan<byte>(_instructions, (int)(_instructionsEnd - _instructions)),
            _dataAlignment, (ulong)(instruction - Start), in initial, ref *rules);
    }

    private static bool TryParse(byte* entry, FrameDescription* found)
    {
        uint length = *(uint*)entry;
        byte* end = entry + 4 + length;
        byte* common = entry + 4 - *(int*)(entry + 4);
        found->Start = entry + 8 + *(int*)(entry + 8);
        found->End = found->Start + *(uint*)(entry + 12);
        found->_instructionsEnd = end;

        byte* commonEnd = common + 4 + *(uint*)common;
        ReadOnlySpan<byte> commonBytes = new(common, (int)(commonEnd - common));
        int position = 9;
        bool hasCompilerData = false;
        bool hasAugmentation = false;
        while (position < commonBytes.Length && commonBytes[position] != 0)
        {
            hasAugmentation |= commonBytes[position] == (byte)'z';
            hasCompilerData |= commonBytes[position] == (byte)'L';
            position++;
        }

        position++;
        if (!CallFrameInterpreter.TryReadUnsigned(commonBytes, ref position, out _)
            || !CallFrameInterpreter.TryReadSigned(commonBytes, ref position, out long dataAlignment)
            || !CallFrameInterpreter.TryReadUnsigned(commonBytes, ref position, out _))
        {
            return false;
        }

        found->_dataAlignment = (int)dataAlignment;
        if (hasAugmentation)
        {
            if (!CallFrameInterpreter.TryReadUnsigned(commonBytes, ref position, out ulong augmentationBytes))
            {
                return false;
            }

            position += (int)augmentationBytes;
        }

        found->_initialInstructions = common + position;
        found->_initialInstructionsEnd = commonEnd;

        ReadOnlySpan<byte> entryBytes = new(entry, (int)(end - entry));
        position = 16;
        found->CompilerData = null;
        if (hasAugmentation)
        {
            if (!CallFrameInterpreter.TryReadUnsigned(entryBytes, ref position, out ulong augmentationBytes))
            {
                return false;
            }

            byte* data = entry + position;
            if (hasCompilerData && augmentationBytes >= 4 && *(int*)data != 0)
            {
                found->CompilerData = data + *(int*)data;
            }

            position += (int)augmentationBytes;
        }

        found->_instructions = entry + position;
        return true;
    }
}
