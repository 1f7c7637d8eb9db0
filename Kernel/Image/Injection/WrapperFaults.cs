using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Isolation;
using NooksOS.Isolation.Injection;
using NooksOS.Kernel.Cpu;
using NooksOS.ObjectTracker;
using NooksOS.Wrappers;

namespace NooksOS.Image.Injection;

/// <summary>
/// Makes calls of one instance go wrong at its wrappers, as if its author had made the mistake. Only while faults are armed do calls
/// take this way; those of other instances pass it unchanged.
/// </summary>
internal static unsafe class WrapperFaults
{
    private const ushort ControlContract = 2;
    private const ushort DevicesContract = 4;
    private const int PurposesPerContract = 256;

    private static readonly string[] s_obtaining = ["Allocate", "Create", "Open", "Map", "Claim", "Register"];
    private static readonly string[] s_givingBack = ["Release", "Free", "Close", "Abort"];
    private static readonly CallPurpose[] s_purposes = MakePurposes();
    private static readonly byte[] s_noise = MakeNoise();

    private static HostedDomain? s_place;
    private static Domain? s_instance;
    private static WrapperFault[] s_faults = [];
    private static ulong[] s_controlEntries = [];

    /// <summary>Arms faults for an instance that was furnished and not entered yet.</summary>
    public static void Arm(HostedDomain place, WrapperFault[] faults)
    {
        s_place = place;
        s_faults = faults;
        s_controlEntries = [];
        s_instance = place.Instance;
        if (s_instance?.GetService(DevicesContract) is IDeviceServices devices)
        {
            s_instance.SetService(DevicesContract, new WrongDmaServices(devices, TakeDueDma));
        }

        GateBinding.Enter = &Enter;
        GateBinding.CopyOut = &CopyOut;
        ServiceEntry.Intercept(&Serve);
    }

    /// <summary>No calls go wrong any more.</summary>
    public static void Disarm()
    {
        ServiceEntry.Intercept(null);
        GateBinding.Enter = Gate.EnterFunction;
        GateBinding.CopyOut = GateBridge.CopyOutFunction;
        s_instance = null;
    }

    private static bool IsTarget(nint control) => s_instance is { IsAlive: true } instance && (nint)instance.Control == control;

    // What the instance asks of the kernel.
    private static ulong Serve(nint control, uint service, ulong arguments)
    {
        if (!IsTarget(control))
        {
            return ServiceEntry.Carry(control, service, arguments);
        }

        switch (s_purposes[service])
        {
            case CallPurpose.Obtain:
                return Obtain(control, service, arguments);

            case CallPurpose.GiveBack when TryStrike(FaultType.Leak, service):
            case CallPurpose.Unlock when TryStrike(FaultType.LockHeld, service):
                return (ulong)CallStatus.Ok;

            case CallPurpose.GiveBack when TryStrike(FaultType.DoubleFree, service):
                ServiceEntry.Carry(control, service, arguments);
                return ServiceEntry.Carry(control, service, arguments);

            default:
                return ServiceEntry.Carry(control, service, arguments);
        }
    }

    private static ulong Obtain(nint control, uint service, ulong arguments)
    {
        if (TryStrike(FaultType.AllocationFailure, service))
        {
            return (ulong)CallStatus.OutOfResources;
        }

        HandleTable? objects = s_instance?.Objects;
        uint before = objects?.Count ?? 0;
        ulong status = ServiceEntry.Carry(control, service, arguments);
        if (objects is not null
            && objects.Count > before
            && TryStrike(FaultType.PrematureFree, service)
            && objects.Describe() is [.., TrackedObjectInfo newest])
        {
            objects.Release(newest.Slot, newest.Generation);
        }

        return status;
    }

    // What the kernel asks of the instance.
    private static ulong Enter(nint control, ulong entryPoint, void* arguments, nuint sizeBytes)
    {
        if (!IsTarget(control) || IsOfControl(entryPoint))
        {
            return Gate.EnterFunction(control, entryPoint, arguments, sizeBytes);
        }

        if (TryStrikeAt(FaultType.BlockingInterrupt, entryPoint))
        {
            s_place?.Control?.Misbehave(MisbehaviorKind.Deadlock, 0);
            return (ulong)CallStatus.DomainDied;
        }

        if (IsInterrupted() && TryStrikeAt(FaultType.UnacknowledgedInterrupt, entryPoint))
        {
            s_place?.Control?.Misbehave(MisbehaviorKind.InterruptStorm, 0);
        }

        ulong status = Gate.EnterFunction(control, entryPoint, arguments, sizeBytes);
        if (TryStrikeAt(FaultType.NoReply, entryPoint))
        {
            // The work is done, and nobody ever learns of it.
            s_place?.Control?.Misbehave(MisbehaviorKind.Deadlock, 0);
            return (ulong)CallStatus.DomainDied;
        }

        return status;
    }

    private static bool CopyOut(nint control, void* source, ulong address, nuint bytes)
    {
        bool isCopied = GateBridge.CopyOutFunction(control, source, address, bytes);
        if (isCopied && IsTarget(control) && FindDue(FaultType.CopyOverrun) is { } fault)
        {
            fault.Strike($"{bytes} bytes to 0x{address:x}", Clock.Nanoseconds);

            // Beyond what the instance made room for lies its own memory, or none.
            fixed (byte* noise = s_noise)
            {
                GateBridge.CopyOutFunction(control, noise, address + bytes, (nuint)fault.LengthBytes);
            }
        }

        return isCopied;
    }

    // Only then is there anything to acknowledge: who plays nothing yet, or is asked because of another device, does nothing wrong.
    private static bool IsInterrupted()
        => Array.Exists(s_faults, fault => fault.Type == FaultType.UnacknowledgedInterrupt)
            && s_instance?.Objects.Held<InterruptDelivery>().Any(line => line.IsAsserted) == true;

    // Published when the instance starts; until then it is called for nothing else.
    private static bool IsOfControl(ulong entryPoint)
    {
        if (s_controlEntries.Length == 0)
        {
            s_controlEntries = s_instance?.GetEntryPoints(ControlContract) ?? [];
        }

        return s_controlEntries.Length == 0 || Array.IndexOf(s_controlEntries, entryPoint) >= 0;
    }

    private static bool TryStrike(FaultType type, uint service)
    {
        WrapperFault? fault = FindDue(type);
        fault?.Strike(NameOf(service), Clock.Nanoseconds);
        return fault is not null;
    }

    private static bool TryStrikeAt(FaultType type, ulong entryPoint)
    {
        WrapperFault? fault = FindDue(type);
        fault?.Strike(NameOfEntry(entryPoint), Clock.Nanoseconds);
        return fault is not null;
    }

    private static WrapperFault? TakeDueDma()
    {
        WrapperFault? fault = FindDue(FaultType.WrongDma);
        fault?.Strike("IDeviceServices.AllocateDmaBuffer", Clock.Nanoseconds);
        return fault;
    }

    private static WrapperFault? FindDue(FaultType type)
    {
        WrapperFault? due = null;
        foreach (WrapperFault fault in s_faults)
        {
            if (fault.Type == type && fault.IsDue())
            {
                due = fault;
            }
        }

        return due;
    }

    private static string NameOf(uint service)
    {
        ContractDescription contract = ContractCatalog.All.First(known => known.Id == service / PurposesPerContract);
        return $"{contract.Name}.{contract.Methods[(int)(service % PurposesPerContract)]}";
    }

    private static string NameOfEntry(ulong entryPoint)
    {
        foreach (ContractDescription contract in ContractCatalog.All.Where(known => known.Direction == CallDirection.KernelToExtension))
        {
            int method = Array.IndexOf(s_instance?.GetEntryPoints(contract.Id) ?? [], entryPoint);
            if (method >= 0)
            {
                return $"{contract.Name}.{contract.Methods[method]}";
            }
        }

        return $"0x{entryPoint:x}";
    }

    private static CallPurpose[] MakePurposes()
    {
        CallPurpose[] purposes = new CallPurpose[GateBinding.ServiceTableLength * PurposesPerContract];
        foreach (ContractDescription contract in ContractCatalog.All.Where(known => known.Direction == CallDirection.ExtensionToKernel))
        {
            for (int method = 0; method < contract.Methods.Count; method++)
            {
                purposes[(contract.Id * PurposesPerContract) + method] = PurposeOf(contract.Methods[method]);
            }
        }

        return purposes;
    }

    private static CallPurpose PurposeOf(string method)
        => method == "ReleaseLock" ? CallPurpose.Unlock
            : IsOneOf(s_obtaining, method) ? CallPurpose.Obtain
            : IsOneOf(s_givingBack, method) ? CallPurpose.GiveBack
            : CallPurpose.Other;

    private static bool IsOneOf(IReadOnlyList<string> beginnings, string method)
        => beginnings.Any(beginning => method.StartsWith(beginning, StringComparison.Ordinal));

    private static byte[] MakeNoise()
    {
        const int LongestBytes = 4096;
        byte[] noise = new byte[LongestBytes];
        SeededRandom random = new(0);
        for (int index = 0; index < noise.Length; index++)
        {
            noise[index] = (byte)random.Next();
        }

        return noise;
    }
}
