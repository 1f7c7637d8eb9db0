using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>
/// What the wrappers need from the isolation layer, set once before the first call. Function pointers and not an interface:
/// <see cref="Enter"/> is on the path of every call. A control is the address of the memory that stands for a domain; it may be
/// stale, and then every function refuses.
/// </summary>
public static unsafe class GateBinding
{
    /// <summary>What <see cref="LendBuffer"/> returns if the domain may use the kernel's memory itself (direct mode).</summary>
    public const ulong NoBufferNeeded = ulong.MaxValue;

    /// <summary>
    /// Where in a domain's control the address of its services is: references by contract number, null for what the domain
    /// may not call. They must not move, and live as long as a call of the domain can be on its way.
    /// </summary>
    public const int ServiceTableOffset = 384;

    /// <summary>How many services there are room for.</summary>
    public const int ServiceTableLength = 64;

    /// <summary>
    /// (control, entry point, arguments, their size in bytes): runs the entry point inside the domain and returns its
    /// status, or that the domain died or cannot be entered.
    /// </summary>
    public static delegate*<nint, ulong, void*, nuint, ulong> Enter { get; set; }

    /// <summary>(control): whether the domain can be entered.</summary>
    public static delegate*<nint, bool> IsAlive { get; set; }

    /// <summary>(control, contract): the entry points that the domain has published, or an empty array.</summary>
    public static delegate*<nint, ushort, ulong[]> GetEntryPoints { get; set; }

    /// <summary>
    /// (control, address in the domain, destination, size in bytes): copies from the domain's memory. False if any byte is
    /// not the domain's or not there.
    /// </summary>
    public static delegate*<nint, ulong, void*, nuint, bool> CopyIn { get; set; }

    /// <summary>
    /// (control, source, address in the domain, size in bytes): copies to the domain's writable memory. False if any byte is
    /// not the domain's, not there or not writable.
    /// </summary>
    public static delegate*<nint, void*, ulong, nuint, bool> CopyOut { get; set; }

    /// <summary>
    /// (control, size in bytes, a multiple of 8): lends memory in the domain's transfer area, aligned to 16 bytes, to one
    /// call. Zero if there is none; <see cref="NoBufferNeeded"/> in direct mode.
    /// </summary>
    public static delegate*<nint, nuint, ulong> LendBuffer { get; set; }

    /// <summary>(control, address, size in bytes): takes lent memory back.</summary>
    public static delegate*<nint, ulong, nuint, void> ReturnBuffer { get; set; }

    /// <summary>
    /// (control, kind, what was wrong): stops the domain because of something it did. Returns; the gate ends the call. Only
    /// the first fault of an instance counts.
    /// </summary>
    public static delegate*<nint, FaultKind, string, void> ReportFault { get; set; }

    /// <summary>
    /// (control, service number, exception): a service of the kernel threw, which is a defect of the kernel. The caller is
    /// told that the call failed.
    /// </summary>
    public static delegate*<nint, uint, System.Exception, void> ReportServiceDefect { get; set; }
}
