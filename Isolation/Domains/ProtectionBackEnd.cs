namespace NooksOS.Isolation;

/// <summary>How a domain is kept from the rest of memory. The same image runs under each.</summary>
public enum ProtectionBackEnd : uint
{
    /// <summary>Not at all: the wrappers are there, the walls are not.</summary>
    Direct = 0,

    /// <summary>The domain runs at CPL 3; only its own slot is user-accessible in its view.</summary>
    Ring3 = 1,

    /// <summary>Kernel privilege; a view in which only its own slot is writable, switched at each crossing.</summary>
    PageTable = 2,

    /// <summary>Kernel privilege; supervisor protection keys.</summary>
    ProtectionKeys = 3,
}
