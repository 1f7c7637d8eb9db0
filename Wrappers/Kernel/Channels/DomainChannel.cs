using System;
using System.Collections.Generic;

namespace NooksOS.Wrappers;

/// <summary>
/// The way from the kernel into one instance of an extension. Make one for each domain, give it to the proxies, and
/// <see cref="Close"/> it before the domain's control is used again.
/// </summary>
public sealed class DomainChannel
{
    private static readonly List<DomainChannel> s_open = [];

    private readonly List<ContractChannel> _contracts = [];

    /// <param name="control">What stands for the domain at the gate.</param>
    public DomainChannel(nint control)
    {
        Control = control;
        lock (s_open)
        {
            s_open.Add(this);
        }
    }

    /// <summary>What stands for the domain at the gate.</summary>
    public nint Control { get; }

    /// <summary>Whether calls are still let through.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>What the domain sees of the kernel's memory.</summary>
    internal SharedWindow Window { get; private set; }

    /// <summary>
    /// The domain sees this memory of the kernel from now on, for as long as it lives. Spans that lie in it are not copied. Call
    /// it before another thread calls the domain.
    /// </summary>
    /// <param name="kernelAddress">Where the kernel sees it.</param>
    /// <param name="sizeBytes">How long it is.</param>
    /// <param name="domainAddress">Where the domain sees it, writable.</param>
    public void Share(ulong kernelAddress, ulong sizeBytes, ulong domainAddress)
        => Window = new SharedWindow(kernelAddress, sizeBytes, domainAddress);

    /// <summary>From now on every call answers that the domain is not available.</summary>
    public void Close()
    {
        lock (s_open)
        {
            s_open.Remove(this);
        }

        lock (_contracts)
        {
            IsOpen = false;
        }

        Forget();
    }

    /// <summary>Has every proxy look its entry points up again.</summary>
    internal static void ForgetAll()
    {
        lock (s_open)
        {
            s_open.ForEach(channel => channel.Forget());
        }
    }

    internal ContractChannel Open(ushort contract, int methodCount)
    {
        ContractChannel channel = new(this, contract, methodCount);
        lock (_contracts)
        {
            _contracts.Add(channel);
        }

        return channel;
    }

    private void Forget()
    {
        lock (_contracts)
        {
            _contracts.ForEach(contract => contract.Forget());
        }
    }

    /// <summary>Fills in the entry points of a contract. False if the domain has not published them, or no longer counts.</summary>
    internal unsafe bool TryFill(ushort contract, Span<ulong> entryPoints)
    {
        lock (_contracts)
        {
            ulong[] published = IsOpen ? GateBinding.GetEntryPoints(Control, contract) : [];
            if (published.Length != entryPoints.Length)
            {
                return false;
            }

            published.CopyTo(entryPoints);
            return true;
        }
    }
}
