using System;
using System.Runtime;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;
using NooksOS.Wrappers;

namespace NooksOS.Image.Hosting;

/// <summary>Joins the wrappers to the isolation layer: what each offers is what the other calls.</summary>
internal static unsafe class GateBridge
{
    /// <summary>What carries results to domains, for whoever takes its place for a while.</summary>
    public static delegate*<nint, void*, ulong, nuint, bool> CopyOutFunction => &CopyOut;

    /// <summary>Connects both. Call once, before the first domain is made.</summary>
    public static void Connect()
    {
        // SAFETY: only addresses are taken.
        DomainControl layout;
        if ((byte*)&layout.ServiceTable - (byte*)&layout != GateBinding.ServiceTableOffset
            || Domain.ContractLimit != GateBinding.ServiceTableLength)
        {
            throw new InvalidOperationException("The wrappers expect the services of a domain elsewhere.");
        }

        Gate.Initialize();
        GateBinding.Enter = Gate.EnterFunction;
        GateBinding.IsAlive = &IsAlive;
        GateBinding.GetEntryPoints = &GetEntryPoints;
        GateBinding.CopyIn = &CopyIn;
        GateBinding.CopyOut = &CopyOut;
        GateBinding.LendBuffer = &LendBuffer;
        GateBinding.ReturnBuffer = &ReturnBuffer;
        GateBinding.ReportFault = &ReportFault;
        GateBinding.ReportServiceDefect = &ReportServiceDefect;
        ServiceEntry.Initialize();
        foreach (uint service in ContractCatalog.ServicesThatKeepMonitor)
        {
            Gate.KeepMonitorDuring(service);
        }

        RuntimeServices.Accepts = Accepts;
        DomainDeath.Install();
        DomainTraps.Install();
        DomainSymbols.Install();
        Watchdog.Install();
    }

    // What the gates call when a domain calls the kernel.
    [RuntimeExport("service_entry")]
    private static ulong Serve(nint control, uint service, ulong argumentsAddress)
        => ServiceEntry.Serve(control, service, argumentsAddress);

    private static bool Accepts(ushort contract, ushort version, int entryPointCount)
    {
        foreach (ContractDescription description in ContractCatalog.All)
        {
            if (description.Id == contract)
            {
                return description.Accepts(version, entryPointCount);
            }
        }

        return false;
    }

    // SAFETY: whoever asks has an open channel to the domain, which is closed before its control is used again.
    private static bool IsAlive(nint control) => ((DomainControl*)control)->State == DomainState.Alive;

    private static ulong[] GetEntryPoints(nint control, ushort contract)
        => Domain.FromControl((DomainControl*)control)?.GetEntryPoints(contract) ?? [];

    private static bool CopyIn(nint control, ulong address, void* destination, nuint bytes)
        => TryCopy((DomainControl*)control, destination, (void*)address, address, bytes);

    private static bool CopyOut(nint control, void* source, ulong address, nuint bytes)
        => TryCopy((DomainControl*)control, (void*)address, source, address, bytes);

    // The kernel copies for calls that are not in the domain yet, or no longer, and for which nobody waits who takes it down. No other
    // thread runs between the look at the domain and the end of the copy, so none can have put the next instance there.
    private static bool TryCopy(DomainControl* control, void* destination, void* source, ulong domainAddress, nuint bytes)
    {
        Scheduler.DisablePreemption();

        // SAFETY: the range was checked to be the domain's, and the domain to be there; whether it is mapped the copy finds out.
        bool isCopied = control->State == DomainState.Alive
            && MayAccess(control, domainAddress, bytes)
            && Traps.FaultSafeCopy(destination, source, bytes) == 0;
        Scheduler.EnablePreemption();
        return isCopied;
    }

    // Without protection the two sides share their memory, and spans are not copied to a buffer of the domain.
    private static bool MayAccess(DomainControl* control, ulong address, nuint bytes)
        => control->Contains(address, bytes) || control->BackEnd == ProtectionBackEnd.Direct;

    private static ulong LendBuffer(nint control, nuint bytes)
    {
        DomainControl* domain = (DomainControl*)control;
        return domain->BackEnd == ProtectionBackEnd.Direct
            ? GateBinding.NoBufferNeeded
            : Domain.FromControl(domain)?.Regions.LendTransferBuffer(bytes) ?? 0;
    }

    private static void ReturnBuffer(nint control, ulong address, nuint bytes)
        => Domain.FromControl((DomainControl*)control)?.Regions.ReturnTransferBuffer(address, bytes);

    private static void ReportFault(nint control, FaultKind kind, string what)
    {
        DomainControl* domain = (DomainControl*)control;
        if (domain->State == DomainState.Alive)
        {
            FaultTexts.Set(domain->DomainId, string.Empty, what, []);
        }

        DomainFaults.Report(domain, kind, 0, 0);
    }

    private static void ReportServiceDefect(nint control, uint service, Exception exception)
        => Log.Write($"kernel: service {service >> 8}.{service & 0xFF} threw {exception.GetType().Name}: {exception.Message}");
}
