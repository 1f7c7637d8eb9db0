namespace NooksOS.Kernel.Memory;

/// <summary>What is known of a frame's bytes while it is free; of a frame in use, what was known when it was given out.</summary>
internal enum FrameContent : byte
{
    /// <summary>Nothing, and nobody had it since boot: firmware or the boot loader may have left something.</summary>
    Untouched,

    /// <summary>What the last user has left.</summary>
    Left,

    /// <summary>Zeroes.</summary>
    Zero,
}
