using System;
using System.Collections.Generic;

namespace NooksOS.Wrappers;

/// <summary>
/// The way from the kernel into one instance of an extension. Make one for each domain, give it to the proxies, and
/// <see cref="Close"/> it before the domain's control is used again.
/// </summary>
public sealed class DomainChannel(nint control)
{
    private readonly List<ContractChannel> _contracts = [];

    /// <summary>What stands for the domain at the gate.</summary>
    public nint Control { get; } = control;

    /// <summary>Whether calls are still let through.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>From now on every call answers that the domain is not available.</summary>
    public void Close()
    {
        lock (_contracts)
        {
            IsOpen = false;
            foreach (ContractChannel contract in _contracts)
            {
                contract.Forget();
            }
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
