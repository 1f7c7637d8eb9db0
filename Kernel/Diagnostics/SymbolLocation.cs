using System;
using System.Numerics;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Diagnostics;

/// <summary>The place in the source that an address belongs to. The texts are UTF-8 and lie in the symbol file.</summary>
public readonly ref struct SymbolLocation
{
    /// <summary>The type with its namespace; empty if the function has none, as in assembly.</summary>
    public ReadOnlySpan<byte> TypeName { get; init; }

    /// <summary>The function.</summary>
    public ReadOnlySpan<byte> MethodName { get; init; }

    /// <summary>How far into the function.</summary>
    public uint OffsetBytes { get; init; }

    /// <summary>The source file, or empty.</summary>
    public ReadOnlySpan<byte> FileName { get; init; }

    /// <summary>The line, or zero.</summary>
    public uint Line { get; init; }

    /// <summary>Adds "Type.Method+0x1f (File.cs:12)".</summary>
    public void AppendTo(ref Utf8Text text)
    {
        if (!TypeName.IsEmpty)
        {
            text.Append(TypeName);
            text.Append((byte)'.');
        }

        text.Append(MethodName);
        if (OffsetBytes != 0)
        {
            int digits = (35 - BitOperations.LeadingZeroCount(OffsetBytes)) / 4;
            text.Append((byte)'+');
            text.AppendHex(OffsetBytes, digits);
        }

        if (!FileName.IsEmpty)
        {
            text.Append(" ("u8);
            text.Append(FileName);
            text.Append((byte)':');
            text.AppendDecimal(Line);
            text.Append((byte)')');
        }
    }
}
