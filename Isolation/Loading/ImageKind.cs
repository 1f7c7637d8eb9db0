namespace NooksOS.Isolation.Loading;

/// <summary>What an image is made for, as its header says.</summary>
public enum ImageKind : ushort
{
    /// <summary>The kernel; never loaded by the loader.</summary>
    Kernel = 0,

    /// <summary>A driver or another extension, which lives in a domain.</summary>
    Extension = 1,

    /// <summary>A process with a thread of its own.</summary>
    Process = 2,
}
