namespace NooksOS.Runtime;

/// <summary>
/// How to undo a frame at one instruction: where the caller's stack pointer was and where each saved register lies, in terms
/// of DWARF (System V ABI, AMD64 supplement §3.6.2; DWARF 4 §6.4).
/// </summary>
public unsafe struct CallFrameRules
{
    /// <summary>Registers that rules can name: 0 to 15 and the return address.</summary>
    public const int RegisterCount = 17;

    /// <summary>The column of the return address.</summary>
    public const int ReturnAddress = 16;

    /// <summary>The register from which the canonical frame address is computed.</summary>
    public uint FrameRegister;

    /// <summary>What is added to it.</summary>
    public long FrameOffsetBytes;

    /// <summary>Bit n: register n was saved, at <see cref="OffsetBytes"/> from the canonical frame address.</summary>
    public uint SavedMask;

    /// <summary>Where registers are saved.</summary>
    public fixed long OffsetBytes[RegisterCount];
}
