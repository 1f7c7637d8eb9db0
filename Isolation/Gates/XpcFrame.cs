using System.Runtime.InteropServices;

namespace NooksOS.Isolation;

/// <summary>
/// One call into a domain, on the kernel stack of the thread that makes it. Offsets are those of <c>layout.inc</c>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct XpcFrame
{
    /// <summary>The call around this one on the same thread, or null.</summary>
    public XpcFrame* Previous;

    /// <summary>The domain that is called.</summary>
    public DomainControl* Domain;

    /// <summary>The stack it runs on.</summary>
    public StackDescriptor* Stack;

    /// <summary>Timer ticks it has run or waited; the watchdog's count.</summary>
    public ulong Ticks;

    /// <summary>Where the domain goes on after the service it called.</summary>
    public ulong InstructionPointer;

    /// <summary>Its flags.</summary>
    public ulong Flags;

    /// <summary>Its stack pointer.</summary>
    public ulong StackPointer;

    /// <summary>The caller's arguments.</summary>
    public void* Arguments;

    /// <summary>Their length.</summary>
    public ulong ArgumentBytes;

    /// <summary>One while the domain is in a service of the kernel, whether or not it lets others in meanwhile.</summary>
    public ulong InService;

    /// <summary>The service: contract and method.</summary>
    public ulong Service;

    /// <summary>Where ticks have found it, once <see cref="Ticks"/> is not zero; the watchdog's.</summary>
    public SeenPlaces Places;
}
