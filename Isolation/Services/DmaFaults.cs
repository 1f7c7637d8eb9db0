using System.Threading;
using NooksOS.Contracts;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Pci;
using NooksOS.Kernel.Bus.Remapping;

namespace NooksOS.Isolation;

/// <summary>
/// Makes failures of domains of accesses of their devices that were blocked. A device that nobody has is kept from the bus, and nothing more
/// is heard of it.
/// </summary>
public static unsafe class DmaFaults
{
    // A device that goes on and on must not keep whoever looks.
    private const int RecordsPerLook = 64;

    private static readonly Lock s_sync = new();

    /// <summary>Accesses of devices of domains that were blocked.</summary>
    public static ulong OfDomains { get; private set; }

    /// <summary>Accesses that were blocked of devices that nobody has.</summary>
    public static ulong OfNobody { get; private set; }

    /// <summary>The last of them.</summary>
    public static DmaFaultRecord LastOfNobody { get; private set; }

    /// <summary>Looks after every access that has been blocked, for as long as the kernel runs.</summary>
    public static void Run()
    {
        const int PauseMilliseconds = 1;
        int seen = 0;
        bool mayBeMore = false;
        while (true)
        {
            // As long as there is a record, a unit tells of no other.
            seen = mayBeMore ? seen : DmaRemapping.WaitForFault(seen);
            mayBeMore = Collect();

            // What comes in a rush is looked at a thousand times a second at most.
            Thread.Sleep(PauseMilliseconds);
        }
    }

    /// <summary>
    /// Looks after accesses that have been blocked until now. Called also before a device gets another owner, who is not to be blamed for
    /// what the last one has done. True if there may be more.
    /// </summary>
    public static bool Collect()
    {
        lock (s_sync)
        {
            int count = 0;
            for (; count < RecordsPerLook && DmaRemapping.TryTakeFault(out DmaFaultRecord record); count++)
            {
                if (DeviceClaims.FindOwner(record.SourceAddress) is { } owner)
                {
                    OfDomains++;
                    Kill(owner, record);
                }
                else
                {
                    OfNobody++;
                    LastOfNobody = record;
                    Silence(record.SourceAddress);
                }
            }

            return count == RecordsPerLook;
        }
    }

    private static void Kill(uint domainId, in DmaFaultRecord record)
    {
        foreach (Domain domain in Domain.All())
        {
            if (domain.DomainId == domainId && domain.IsAlive)
            {
                DomainFault fault = default;
                fault.Kind = FaultKind.DmaFault;
                fault.Address = record.PageAddress;
                fault.ErrorCode = record.High;
                DomainDeath.Kill(domain.Control, in fault);
            }
        }
    }

    private static void Silence(PciAddress source)
    {
        foreach (PciDevice device in Hardware.PciDevices)
        {
            if (device.Address == source && device.HeaderLayout == 0)
            {
                DeviceClaims.SilenceUnlessOwned(device);
            }
        }

        DmaRemapping.Mute(source);
    }
}
