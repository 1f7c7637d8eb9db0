using System;
using NooksOS.Contracts;
using NooksOS.Tests.Generator.Support;

namespace NooksOS.Wrappers;

/// <summary>Binds the kernel half to a gate made of objects.</summary>
public static unsafe class KernelHarness
{
    private static IFakeGate? s_gate;

    public static void Bind(IFakeGate gate)
    {
        s_gate = gate;
        GateBinding.Enter = &Enter;
        GateBinding.IsAlive = &IsAlive;
        GateBinding.GetEntryPoints = &GetEntryPoints;
        GateBinding.CopyIn = &CopyIn;
        GateBinding.CopyOut = &CopyOut;
        GateBinding.LendBuffer = &LendBuffer;
        GateBinding.ReturnBuffer = &ReturnBuffer;
        GateBinding.ReportFault = &ReportFault;
        GateBinding.ReportServiceDefect = &ReportServiceDefect;
        ServiceEntry.Initialize();
    }

    private static ulong Enter(nint control, ulong entryPoint, void* arguments, nuint bytes) => s_gate!.Enter(entryPoint, arguments, bytes);

    private static bool IsAlive(nint control) => s_gate!.IsAlive;

    private static ulong[] GetEntryPoints(nint control, ushort contract) => s_gate!.GetEntryPoints(contract);

    private static bool CopyIn(nint control, ulong address, void* destination, nuint bytes) => s_gate!.CopyIn(address, destination, bytes);

    private static bool CopyOut(nint control, void* source, ulong address, nuint bytes) => s_gate!.CopyOut(source, address, bytes);

    private static ulong LendBuffer(nint control, nuint bytes) => s_gate!.LendBuffer(bytes);

    private static void ReturnBuffer(nint control, ulong address, nuint bytes) => s_gate!.ReturnBuffer(address, bytes);

    private static void ReportFault(nint control, FaultKind kind, string what) => s_gate!.ReportFault(kind, what);

    private static void ReportServiceDefect(nint control, uint service, Exception exception) => s_gate!.ReportServiceDefect(service, exception);
}
