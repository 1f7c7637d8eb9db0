namespace NooksOS.Contracts;

/// <summary>Who calls whom through a contract.</summary>
public enum CallDirection
{
    /// <summary>The kernel calls the extension; the extension implements the interface.</summary>
    KernelToExtension,

    /// <summary>The extension (or a ring-3 process) calls the kernel; the kernel implements the interface.</summary>
    ExtensionToKernel,
}
