using System;

namespace NooksOS.Tests.Generator.Samples;

/// <summary>Flags that cross.</summary>
[Flags]
public enum Options : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One bit.</summary>
    Fast = 1,

    /// <summary>Another bit.</summary>
    Quiet = 4,
}
