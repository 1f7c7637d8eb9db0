using System;
using Iced.Intel;
using NooksOS.Isolation.Injection;
using NooksOS.Isolation.Loading;
using Xunit;

namespace NooksOS.Tests.Units.Injection;

public sealed class CodeRoundTrips
{
    [Fact]
    public void EveryInstructionOfEveryImageMeansTheSameWhenItIsEncodedAgain()
    {
        foreach (ImageFunctions image in ImageFunctions.All())
        {
            foreach (CodeRange function in image.Scope.Functions)
            {
                FunctionCode code = image.Decode(function);
                uint next = function.Start;
                foreach (Instruction instruction in code.Instructions)
                {
                    Assert.False(instruction.IsInvalid, $"{image.Name} 0x{next:x}");
                    Assert.Equal(next, instruction.IP);
                    AssertEncodesAgain(image.Name, instruction);
                    next += (uint)instruction.Length;
                }

                Assert.Equal(function.End, next);
            }
        }
    }

    [Fact]
    public void TheFieldsOfEveryInstructionNameItsOperands()
    {
        foreach (ImageFunctions image in ImageFunctions.All())
        {
            foreach (CodeRange function in image.Scope.Functions)
            {
                FunctionCode code = image.Decode(function);
                for (int index = 0; index < code.Instructions.Count; index++)
                {
                    Instruction instruction = code.Instructions[index];
                    ReadOnlySpan<byte> bytes = image.Bytes((uint)instruction.IP, instruction.Length);
                    InstructionFields fields = new(instruction, bytes, code.Constants[index]);
                    string place = $"{image.Name}: {instruction}";
                    bool addresses = instruction.Op0Kind == OpKind.Memory || instruction.Op1Kind == OpKind.Memory;
                    Assert.True(!addresses || instruction.Mnemonic == Mnemonic.Nop || fields.HasMemoryOperand, place);
                    Assert.True(!fields.HasMemoryOperand || addresses, place);
                    Assert.True(fields.Sib < 0 || (bytes[fields.ModRm] & 7) == 4, place);
                }
            }
        }
    }

    private static void AssertEncodesAgain(string image, in Instruction instruction)
    {
        CodeBytes writer = new();
        Encoder.Create(64, writer).Encode(instruction, instruction.IP);
        Decoder decoder = Decoder.Create(64, writer.ToArray(), instruction.IP);
        decoder.Decode(out Instruction again);

        // The compiler pads some encodings with prefixes that say nothing; the rest must be equal.
        Assert.True(Instruction.EqualsAllBits(WithoutLength(instruction), WithoutLength(again)) || instruction.ToString() == again.ToString(), $"{image}: {instruction}");
    }

    private static Instruction WithoutLength(Instruction instruction)
    {
        instruction.Length = 0;
        instruction.NextIP = 0;
        return instruction;
    }

    private sealed class CodeBytes : CodeWriter
    {
        private readonly System.Collections.Generic.List<byte> _bytes = [];

        public override void WriteByte(byte value) => _bytes.Add(value);

        public byte[] ToArray() => [.. _bytes];
    }
}
