using Iced.Intel;
using StringBuilder = System.Text.StringBuilder;

namespace NooksOS.Isolation.Injection;

/// <summary>Instructions as text.</summary>
internal static class Disassembly
{
    private const int AddressBits = 64;

    /// <summary>The instructions in some bytes, separated by semicolons; the last one may need bytes that follow.</summary>
    public static string Of(byte[] bytes, uint imageOffset)
    {
        Decoder decoder = Decoder.Create(AddressBits, new ByteArrayCodeReader(bytes), imageOffset);
        FastFormatter formatter = new();
        FastStringOutput output = new();
        StringBuilder text = new();
        while (decoder.IP < imageOffset + (uint)bytes.Length)
        {
            ulong start = decoder.IP;
            decoder.Decode(out Instruction instruction);
            output.Clear();
            if (instruction.IsInvalid)
            {
                output.Append(decoder.LastError == DecoderError.NoMoreBytes ? "(reaches into the next)" : "(invalid)");
            }
            else
            {
                formatter.Format(instruction, output);
            }

            bool isRepeated = instruction.Mnemonic == Mnemonic.Nop && start != imageOffset;
            if (!isRepeated)
            {
                text.Append(text.Length == 0 ? string.Empty : "; ").Append(output.ToString());
            }
        }

        return text.ToString();
    }
}
