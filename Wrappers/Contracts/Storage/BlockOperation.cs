namespace NooksOS.Contracts;

/// <summary>What a <see cref="BlockRequest"/> asks of a device.</summary>
public enum BlockOperation : uint
{
    /// <summary>Sectors are copied from the medium to memory.</summary>
    Read = 0,

    /// <summary>Sectors are copied from memory to the device, which may keep them in a cache that power does not outlive.</summary>
    Write = 1,

    /// <summary>Every write that was completed before this is submitted reaches the medium. Has no sectors and no memory.</summary>
    Flush = 2,
}
