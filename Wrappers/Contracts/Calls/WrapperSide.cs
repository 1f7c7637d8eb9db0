namespace NooksOS.Contracts;

/// <summary>Which halves of the wrappers an assembly carries.</summary>
public enum WrapperSide
{
    /// <summary>Proxies of what extensions offer, dispatchers of what the kernel offers.</summary>
    Kernel,

    /// <summary>Stubs of what extensions offer, clients of what the kernel offers.</summary>
    Extension,
}
