namespace NooksOS.Contracts;

/// <summary>Bounds of what a process and the kernel say to each other.</summary>
public static class ProcessLimits
{
    /// <summary>The most bytes of arguments.</summary>
    public const int ArgumentBytes = 4096;

    /// <summary>The most bytes of output that one call carries.</summary>
    public const int OutputBytes = 4096;

    /// <summary>The longest name of a file.</summary>
    public const int FileNameBytes = 64;

    /// <summary>The most bytes of a file that one call carries.</summary>
    public const int ReadBytes = 16 * 1024;
}
