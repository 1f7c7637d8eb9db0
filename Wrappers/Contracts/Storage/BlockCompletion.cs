using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>The end of a request.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct BlockCompletion
{
    /// <summary>The <see cref="BlockRequest.Id"/>.</summary>
    public uint Id;

    /// <summary>How it ended.</summary>
    public BlockResult Result;
}
