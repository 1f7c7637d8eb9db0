namespace NooksOS.Tool.Options;

/// <summary>The mechanism that keeps a domain from writing what is not its own.</summary>
public enum Protection
{
    /// <summary>The first one that the processor offers.</summary>
    Auto,

    /// <summary>The domain runs deprivileged inside the kernel's address space.</summary>
    Ring3,

    /// <summary>Kernel privilege; page tables are switched at each crossing.</summary>
    PageTable,

    /// <summary>Kernel privilege; protection keys are switched at each crossing.</summary>
    Pks,
}
