using System;
using System.Collections.Generic;
using Iced.Intel;
using NooksOS.Isolation.Loading;

namespace NooksOS.Isolation.Injection;

/// <summary>The instructions of one function.</summary>
public sealed class FunctionCode
{
    private const int AddressBits = 64;

    private readonly List<Instruction> _instructions = [];
    private readonly List<ConstantOffsets> _constants = [];

    private FunctionCode()
    {
    }

    /// <summary>The instructions in their order; an address is an offset of the image.</summary>
    public IReadOnlyList<Instruction> Instructions => _instructions;

    /// <summary>Where displacement and immediates of each instruction lie.</summary>
    public IReadOnlyList<ConstantOffsets> Constants => _constants;

    /// <summary>Decodes a function of a verified image.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="range">Where it lies in the image.</param>
    public static FunctionCode Decode(ReadOnlySpan<byte> bytes, CodeRange range)
    {
        FunctionCode code = new();
        Decoder decoder = Decoder.Create(AddressBits, new ByteArrayCodeReader(bytes.ToArray()), range.Start);
        while (decoder.IP < range.End)
        {
            decoder.Decode(out Instruction instruction);
            code._instructions.Add(instruction);
            code._constants.Add(decoder.GetConstantOffsets(instruction));
        }

        return code;
    }

    /// <summary>The instruction that holds an offset of the image.</summary>
    public int IndexOf(uint imageOffset)
    {
        int index = 0;
        while (index + 1 < _instructions.Count && _instructions[index + 1].IP <= imageOffset)
        {
            index++;
        }

        return index;
    }
}
