using System;
using NooksOS.Contracts;

namespace NooksOS.Tests.Generator.Support;

/// <summary>What stands for the isolation layer in a test: the members of <c>GateBinding</c>.</summary>
public unsafe interface IFakeGate
{
    /// <summary>Enters the extension half.</summary>
    ulong Enter(ulong entryPoint, void* arguments, nuint sizeBytes);

    /// <summary>Whether the extension half can be entered.</summary>
    bool IsAlive { get; }

    /// <summary>Finds entry points.</summary>
    ulong[] GetEntryPoints(ushort contract);

    /// <summary>Copies from the extension's memory.</summary>
    bool CopyIn(ulong address, void* destination, nuint bytes);

    /// <summary>Copies to the extension's memory.</summary>
    bool CopyOut(void* source, ulong address, nuint bytes);

    /// <summary>Lends memory of the extension.</summary>
    ulong LendBuffer(nuint bytes);

    /// <summary>Takes it back.</summary>
    void ReturnBuffer(ulong address, nuint bytes);

    /// <summary>Notes a fault.</summary>
    void ReportFault(FaultKind kind, string what);

    /// <summary>Notes a defect of a service.</summary>
    void ReportServiceDefect(uint service, Exception exception);
}
