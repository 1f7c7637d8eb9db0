namespace NooksOS.Isolation.Verification;

/// <summary>What an extension may do with an instruction, by its encoding alone.</summary>
internal enum InstructionVerdict : byte
{
    /// <summary>Not asked yet.</summary>
    Unknown,

    /// <summary>Any place, any operands.</summary>
    Allowed,

    /// <summary>A direct branch or call: its target must be checked.</summary>
    Branch,

    /// <summary>Only at the places that the header declares.</summary>
    SystemCall,

    /// <summary>Only the kernel may.</summary>
    Privileged,

    /// <summary>Harmless perhaps, but the compiler and the runtime never emit it.</summary>
    Unexpected,
}
