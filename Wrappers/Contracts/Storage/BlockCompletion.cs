using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>The end of a request.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BlockCompletion
{
    /// <summary>The <see cref="BlockRequest.Id"/>.</summary>
    public uint Id;

    /// <summary>The <see cref="BlockRequest.Unit"/>.</summary>
    public uint Unit;

    /// <summary>How it ended.</summary>
    public BlockResult Result;
}
