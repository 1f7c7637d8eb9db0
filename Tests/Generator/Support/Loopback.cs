using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Generator.Support;

/// <summary>
/// A kernel half and an extension half with a gate between them that copies as the real one does. The extension's memory is
/// everything but what a test has forbidden.
/// </summary>
internal sealed unsafe class Loopback : IFakeGate, IFakeKernelEntry
{
    private const ulong LowestAddress = 0x10000;
    private const int ControlBytes = 512;
    private const int ServiceTableOffset = 384;
    private const int ServiceTableLength = 64;
    private const int Alignment = 16;

    /// <summary>What memory that is lent holds.</summary>
    public const byte LeftBehind = 0xCC;

    private delegate ulong Serve(nint control, uint service, ulong argumentsAddress);

    private readonly object?[] _services = GC.AllocateArray<object?>(ServiceTableLength, pinned: true);
    private readonly nint _control = (nint)NativeMemory.AllocZeroed(ControlBytes);
    private readonly Dictionary<ushort, ulong[]> _entryPoints = [];
    private readonly List<(ulong Address, nuint Bytes)> _lent = [];
    private readonly Assembly _kernel = Halves.LoadKernel();
    private readonly Assembly _extension = Halves.LoadExtension();
    private readonly Serve _serve;

    public Loopback()
    {
        *(void**)(_control + ServiceTableOffset) = Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_services));
        KernelType("KernelHarness").GetMethod("Bind")!.Invoke(null, [this]);
        ExtensionType("Xpc").GetProperty("Kernel")!.SetValue(null, this);
        _serve = KernelType("ServiceEntry").GetMethod("Serve")!.CreateDelegate<Serve>();
        Channel = Activator.CreateInstance(KernelType("DomainChannel"), _control)!;
        _services[1] = Runtime;
    }

    /// <summary>The kernel's way into the extension.</summary>
    public object Channel { get; }

    /// <summary>The services that the runtime half uses.</summary>
    public FakeRuntimeServices Runtime { get; } = new();

    /// <summary>Faults of the extension, in order.</summary>
    public List<(FaultKind Kind, string What)> Faults { get; } = [];

    /// <summary>Defects of services.</summary>
    public List<Exception> Defects { get; } = [];

    /// <summary>How often the gate was passed, inwards.</summary>
    public int Entries { get; private set; }

    /// <summary>What the gate answers instead of entering, if set.</summary>
    public ulong? ForcedStatus { get; set; }

    /// <summary>Whether the extension may see the kernel's memory.</summary>
    public bool IsDirect { get; set; }

    /// <summary>How often memory of the extension was lent.</summary>
    public int Lends { get; private set; }

    /// <summary>How much memory of the extension is lent out.</summary>
    public int LentBuffers => _lent.Count;

    /// <summary>Starts an extension as an image does.</summary>
    public CallStatus Run(IExtension extension)
    {
        Runtime.Published = _entryPoints;
        object result = ExtensionType("ExtensionHost").GetMethod("Run")!.Invoke(null, [(Func<IExtension>)(() => extension)])!;
        return (CallStatus)(ulong)result;
    }

    /// <summary>Offers a service of the kernel.</summary>
    public void Offer(ushort contract, object service) => _services[contract] = service;

    /// <summary>The kernel's proxy of a contract.</summary>
    public T Proxy<T>()
        where T : class
        => (T)Activator.CreateInstance(KernelType(typeof(T).Name[1..] + "Proxy"), Channel)!;

    /// <summary>The extension's client of a contract.</summary>
    public T Client<T>()
        where T : class
        => (T)Activator.CreateInstance(ExtensionType(typeof(T).Name[1..] + "Client"))!;

    /// <summary>Has the extension see memory of the kernel at some place of its own.</summary>
    public void Share(void* kernelAddress, int sizeBytes, void* domainAddress)
        => Channel.GetType().GetMethod("Share")!.Invoke(Channel, [(ulong)kernelAddress, (ulong)sizeBytes, (ulong)domainAddress]);

    /// <summary>Closes the kernel's way into the extension.</summary>
    public void Close() => Channel.GetType().GetMethod("Close")!.Invoke(Channel, null);

    /// <summary>Calls the kernel as a hostile image might.</summary>
    public CallStatus CallRaw(uint service, void* arguments) => (CallStatus)_serve(_control, service, (ulong)arguments);

    /// <summary>How often a method was called.</summary>
    public ulong CountCalls(ushort contract, int method)
        => (ulong)KernelType("ContractCatalog").GetMethod("GetCalls")!.Invoke(null, [contract, method])!;

    /// <summary>A type of the kernel half.</summary>
    public Type KernelType(string name) => _kernel.GetType($"NooksOS.Wrappers.{name}", throwOnError: true)!;

    /// <summary>A type of the extension half.</summary>
    public Type ExtensionType(string name) => _extension.GetType($"NooksOS.Wrappers.{name}", throwOnError: true)!;

    ulong IFakeGate.Enter(ulong entryPoint, void* arguments, nuint sizeBytes)
    {
        Entries++;
        if (ForcedStatus is ulong status)
        {
            return status;
        }

        delegate*<void*, ulong> stub = (delegate*<void*, ulong>)entryPoint;
        if (sizeBytes == 0)
        {
            return stub(arguments);
        }

        // Call by value and result.
        byte* copy = stackalloc byte[(int)sizeBytes];
        Buffer.MemoryCopy(arguments, copy, sizeBytes, sizeBytes);
        ulong answer = stub(copy);
        Buffer.MemoryCopy(copy, arguments, sizeBytes, sizeBytes);
        return answer;
    }

    bool IFakeGate.IsAlive => ForcedStatus is null;

    ulong[] IFakeGate.GetEntryPoints(ushort contract) => _entryPoints.GetValueOrDefault(contract, []);

    bool IFakeGate.CopyIn(ulong address, void* destination, nuint bytes)
    {
        if (address < LowestAddress || address + bytes < address)
        {
            return false;
        }

        Buffer.MemoryCopy((void*)address, destination, bytes, bytes);
        return true;
    }

    bool IFakeGate.CopyOut(void* source, ulong address, nuint bytes)
    {
        if (address < LowestAddress || address + bytes < address)
        {
            return false;
        }

        Buffer.MemoryCopy(source, (void*)address, bytes, bytes);
        return true;
    }

    ulong IFakeGate.LendBuffer(nuint bytes)
    {
        if (IsDirect)
        {
            return ulong.MaxValue;
        }

        ulong address = (ulong)NativeMemory.AlignedAlloc(bytes, Alignment);
        new Span<byte>((void*)address, (int)bytes).Fill(LeftBehind);
        Lends++;
        _lent.Add((address, bytes));
        return address;
    }

    void IFakeGate.ReturnBuffer(ulong address, nuint bytes)
    {
        Assert.True(_lent.Remove((address, bytes)));
        NativeMemory.AlignedFree((void*)address);
    }

    void IFakeGate.ReportFault(FaultKind kind, string what) => Faults.Add((kind, what));

    void IFakeGate.ReportServiceDefect(uint service, Exception exception) => Defects.Add(exception);

    ulong IFakeKernelEntry.Call(uint service, void* arguments) => _serve(_control, service, (ulong)arguments);
}
