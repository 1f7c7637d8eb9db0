using System;
using Iced.Intel;

namespace NooksOS.Isolation.Injection;

/// <summary>Where the parts of an instruction's encoding lie (Intel SDM vol. 2 §2.1), in bytes from its start.</summary>
public readonly ref struct InstructionFields
{
    private const byte RexMask = 0xF0;
    private const byte Rex = 0x40;
    private const int RegisterModeBits = 0xC0;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly byte _rex;

    /// <summary>Takes an instruction apart.</summary>
    /// <param name="instruction">The decoded instruction, in a legacy encoding.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="constants">Where the decoder found displacement and immediates.</param>
    public InstructionFields(in Instruction instruction, ReadOnlySpan<byte> bytes, in ConstantOffsets constants)
    {
        _bytes = bytes;
        Constants = constants;
        int index = 0;
        while (IsLegacyPrefix(bytes[index]))
        {
            index++;
        }

        if ((bytes[index] & RexMask) == Rex)
        {
            _rex = bytes[index++];
        }

        if (bytes[index] == 0x0F)
        {
            index++;
            if (bytes[index] is 0x38 or 0x3A)
            {
                index++;
            }
        }

        Opcode = index;
        int constantBytes = constants.DisplacementSize + constants.ImmediateSize + constants.ImmediateSize2;
        int rest = bytes.Length - index - 1 - constantBytes;
        ModRm = rest > 0 ? index + 1 : -1;
        Sib = rest > 1 ? index + 2 : -1;
        IsRegisterMode = ModRm >= 0 && (bytes[ModRm] & RegisterModeBits) == RegisterModeBits;
        HasMemoryOperand = ModRm >= 0 && !IsRegisterMode && instruction.Mnemonic != Mnemonic.Nop;
    }

    /// <summary>The last byte of the opcode.</summary>
    public int Opcode { get; }

    /// <summary>The ModRM byte, or negative.</summary>
    public int ModRm { get; }

    /// <summary>The SIB byte, or negative.</summary>
    public int Sib { get; }

    /// <summary>Whether ModRM names two registers rather than one and memory.</summary>
    public bool IsRegisterMode { get; }

    /// <summary>Whether the instruction addresses memory by its ModRM byte.</summary>
    public bool HasMemoryOperand { get; }

    /// <summary>Displacement and immediates.</summary>
    public ConstantOffsets Constants { get; }

    /// <summary>The register that the reg field of ModRM names, 0 to 15.</summary>
    public int RegisterField => ((_bytes[ModRm] >> 3) & 7) | ((_rex & 4) << 1);

    /// <summary>The register that the r/m field of ModRM names if <see cref="IsRegisterMode"/>, 0 to 15.</summary>
    public int ReadOrMemoryField => (_bytes[ModRm] & 7) | ((_rex & 1) << 3);

    private static bool IsLegacyPrefix(byte value)
        => value is 0x26 or 0x2E or 0x36 or 0x3E or 0x64 or 0x65 or 0x66 or 0x67 or 0xF0 or 0xF2 or 0xF3;
}
