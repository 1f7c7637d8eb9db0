using System.Runtime.InteropServices;

namespace NooksOS.Isolation;

/// <summary>
/// One call into a domain, on the kernel stack of the thread that makes it. Offsets are those of <c>layout.inc</c>.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct XpcFrame
{
    private const ulong Counted = 2;

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

    /// <summary>
    /// Not zero while the domain is in a service of the kernel, whether or not it lets others in meanwhile. The gate makes it one; the
    /// watchdog makes more of it when it has counted this service.
    /// </summary>
    public ulong InService;

    /// <summary>The service: contract and method.</summary>
    public ulong Service;

    /// <summary>Where ticks have found it, once <see cref="Ticks"/> is not zero; the watchdog's.</summary>
    public SeenPlaces Places;

    /// <summary>A tick has found it in the domain's code, or in a service during which nobody else can be there. Returns how many count.</summary>
    public ulong CountRun(ulong instructionPointer)
    {
        ForgetPlacesAtFirst();
        return Places.TryAdd(instructionPointer) && Ticks != 0 ? Ticks : ++Ticks;
    }

    /// <summary>
    /// A tick has found it running in a service that lets others in. How long one of these takes is the kernel's affair, so each counts
    /// once; that there are so many that ticks meet one after the other is the caller's. Returns how many ticks count.
    /// </summary>
    public ulong CountService()
    {
        if (InService == Counted)
        {
            return Ticks;
        }

        InService = Counted;
        return CountWait();
    }

    /// <summary>A tick has found it waiting. Returns how many count.</summary>
    public ulong CountWait()
    {
        ForgetPlacesAtFirst();
        return ++Ticks;
    }

    // The gate only clears the count.
    private void ForgetPlacesAtFirst()
    {
        if (Ticks == 0)
        {
            Places = default;
        }
    }
}
