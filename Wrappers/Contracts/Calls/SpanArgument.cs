using System.Runtime.InteropServices;

namespace NooksOS.Contracts;

/// <summary>How a span travels inside the arguments of a call.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpanArgument
{
    /// <summary>Where the first element is.</summary>
    internal ulong Address;

    /// <summary>How many elements there are.</summary>
    internal ulong Length;
}
