using System.Runtime.InteropServices;

namespace NooksOS.Isolation;

/// <summary>
/// One of those who share an interrupt line, where an interrupt handler can look at it. All of it is used with interrupts off.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LineUser
{
    /// <summary>The next one of the line.</summary>
    public LineUser* Next;

    /// <summary>Nonzero if the line was asserted and the user has not begun to look at its device.</summary>
    public int Pending;

    /// <summary>Nonzero from the assertion until the user is done with it: so long the line stays masked.</summary>
    public int Busy;

    /// <summary>How long nobody had asserted the line, though it was not masked, before it was asserted last.</summary>
    public long QuietNanoseconds;
}
