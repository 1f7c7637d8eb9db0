using System;
using Iced.Intel;
using NooksOS.Isolation.Loading;

namespace NooksOS.Isolation.Verification;

/// <summary>One pass over the code of an image: where instructions begin and where direct branches go.</summary>
internal sealed class CodeScan
{
    private const int AddressBits = 64;

    // From the declared address: a move, one more instruction and the SYSCALL.
    private const uint SystemCallStubBytes = 16;

    private readonly LoadedImageLayout _layout;
    private readonly uint _textStart;
    private readonly BitSet _starts;
    private readonly BitSet _targets;
    private readonly InstructionRules _rules = new();
    private readonly CodeWindow _window = new();
    private readonly Decoder _decoder;
    private int _systemCalls;

    public CodeScan(LoadedImageLayout layout)
    {
        _layout = layout;
        _textStart = layout.Text.ImageOffset;
        _starts = new BitSet(layout.Text.MemoryBytes);
        _targets = new BitSet(layout.Text.MemoryBytes);
        _decoder = Decoder.Create(AddressBits, _window);
    }

    /// <summary>Verifies every instruction of a range, which an instruction must not leave.</summary>
    public ImageRefusal? VerifyCode(ReadOnlySpan<byte> text, CodeRange range)
    {
        _window.Reset();
        _decoder.IP = range.Start;
        while (_decoder.IP < range.End)
        {
            uint offset = (uint)_decoder.IP;
            ReadOnlySpan<byte> rest = text[(int)(offset - _textStart)..(int)(range.End - _textStart)];
            _window.Prepare(rest);
            _decoder.Decode(out Instruction instruction);
            if (instruction.IsInvalid)
            {
                return _decoder.LastError == DecoderError.NoMoreBytes
                    ? new ImageRefusal(ImageRefusalReason.InstructionPastFunction, offset, "an instruction reaches past the end of its function")
                    : new ImageRefusal(ImageRefusalReason.InvalidInstruction, offset, $"byte 0x{rest[0]:x2} does not begin an instruction");
            }

            _starts.Add(offset - _textStart);
            ImageRefusal? refusal = VerifyInstruction(instruction, rest[0]);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Verifies that a range between functions does nothing: no-operations of any length, breakpoints and zeros.</summary>
    public ImageRefusal? VerifyPadding(ReadOnlySpan<byte> text, CodeRange range)
    {
        const byte Nop = 0x90;
        const byte Breakpoint = 0xCC;
        ReadOnlySpan<byte> rest = text[(int)(range.Start - _textStart)..(int)(range.End - _textStart)];
        while (true)
        {
            int next = rest.IndexOfAnyExcept(Nop, Breakpoint, (byte)0);
            if (next < 0)
            {
                return null;
            }

            rest = rest[next..];
            _window.Reset();
            _window.Prepare(rest);
            _decoder.IP = range.End - (uint)rest.Length;
            _decoder.Decode(out Instruction instruction);
            if (instruction.Mnemonic != Mnemonic.Nop)
            {
                return Refuse(ImageRefusalReason.CodeOutsideFunctions, instruction, "there is code between the functions of the image");
            }

            rest = rest[instruction.Length..];
        }
    }

    /// <summary>Verifies, after all code, that every direct branch goes to an instruction.</summary>
    public ImageRefusal? VerifyBranches(ReadOnlySpan<byte> text)
    {
        if (_targets.IsSubsetOf(_starts))
        {
            return null;
        }

        // Decoded again to name the branch: remembering where each one stood would cost every image for the sake of this one.
        for (uint index = 0; index < (uint)text.Length; index++)
        {
            if (!_starts[index])
            {
                continue;
            }

            _window.Reset();
            _window.Prepare(text[(int)index..]);
            _decoder.IP = _textStart + index;
            _decoder.Decode(out Instruction instruction);
            if (_rules.Judge(instruction.Code) == InstructionVerdict.Branch && !_starts[(uint)(instruction.NearBranchTarget - _textStart)])
            {
                return Refuse(
                    ImageRefusalReason.BranchIntoInstruction, instruction, "a branch goes into the middle of an instruction or between functions");
            }
        }

        return null;
    }

    private static ImageRefusal Refuse(ImageRefusalReason reason, in Instruction instruction, string what)
    {
        FastStringOutput text = new();
        new FastFormatter().Format(instruction, text);
        return new ImageRefusal(reason, instruction.IP, $"{what}: {text}");
    }

    private ImageRefusal? VerifyInstruction(in Instruction instruction, byte firstByte)
    {
        switch (_rules.Judge(instruction.Code))
        {
            case InstructionVerdict.Allowed:
                return instruction.SegmentPrefix is Register.FS or Register.GS
                    ? Refuse(ImageRefusalReason.UnexpectedInstruction, instruction, "an unexpected segment")
                    : null;
            case InstructionVerdict.Branch:
                return VerifyBranch(instruction, firstByte);
            case InstructionVerdict.SystemCall:
                return VerifySystemCall(instruction);
            case InstructionVerdict.Privileged:
                return Refuse(ImageRefusalReason.PrivilegedInstruction, instruction, "a privileged instruction");
            default:
                return Refuse(ImageRefusalReason.UnexpectedInstruction, instruction, "an unexpected instruction");
        }
    }

    private ImageRefusal? VerifyBranch(in Instruction instruction, byte firstByte)
    {
        // With an operand-size prefix, processors of different makers disagree about how long the instruction is.
        bool plain = firstByte is 0xE8 or 0xE9 or 0xEB or 0x0F or (>= 0x70 and <= 0x7F) or (>= 0xE0 and <= 0xE3);
        if (!plain)
        {
            return Refuse(ImageRefusalReason.UnexpectedInstruction, instruction, "a branch with a prefix");
        }

        if (!_layout.Text.Holds(instruction.NearBranchTarget, 1))
        {
            return Refuse(ImageRefusalReason.BranchOutsideText, instruction, "a branch leaves the code of the image");
        }

        _targets.Add((uint)(instruction.NearBranchTarget - _textStart));
        return null;
    }

    private ImageRefusal? VerifySystemCall(in Instruction instruction)
    {
        const int HighestSystemCalls = 2;
        bool declared = IsInStub(instruction.IP, _layout.Header.XpcReturn) || IsInStub(instruction.IP, _layout.Header.XpcCall);
        return declared && ++_systemCalls <= HighestSystemCalls
            ? null
            : Refuse(ImageRefusalReason.UnexpectedSystemCall, instruction, "a system call outside the declared stubs");
    }

    private static bool IsInStub(ulong offset, uint stub) => offset >= stub && offset - stub < SystemCallStubBytes;
}
