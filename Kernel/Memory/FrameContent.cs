namespace NooksOS.Kernel.Memory;

/// <summary>What is known of a frame's bytes while it is free; of a frame in use, what was known when it was given out.</summary>
internal enum FrameContent : byte
{
    /// <summary>Nothing: firmware, the boot loader or the last user may have left something.</summary>
    Unknown,
    /// <summary>Zeroes.</summary>
    Zero,
}
