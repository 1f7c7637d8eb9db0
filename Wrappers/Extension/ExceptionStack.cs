using System;
using System.Runtime.CompilerServices;

namespace NooksOS.Wrappers;

/// <summary>Reads the return addresses that the runtime noted in an exception on its way up.</summary>
internal static class ExceptionStack
{
    // How the base library marks the place where an exception was thrown again.
    private const nint RethrowMark = -1;

    /// <summary>Copies as many as fit, innermost first, and returns how many.</summary>
    internal static int Copy(Exception exception, Span<ulong> destination)
    {
        int count = 0;
        foreach (nint address in GetStackIPs(exception))
        {
            if (address != RethrowMark && count < destination.Length)
            {
                destination[count++] = (ulong)address;
            }
        }

        return count;
    }

    // The base library is pinned with the compiler; there is no public way to these without making text of them.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetStackIPs")]
    private static extern nint[] GetStackIPs(Exception exception);
}
