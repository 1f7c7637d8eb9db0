using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>What the kernel knows of a contract.</summary>
/// <param name="Name">Name of the interface.</param>
/// <param name="Id">Its number.</param>
/// <param name="Version">Its version.</param>
/// <param name="Direction">Who calls whom.</param>
/// <param name="Methods">Names of the methods by number.</param>
public sealed record ContractDescription(
    string Name, ushort Id, ushort Version, CallDirection Direction, IReadOnlyList<string> Methods)
{
    /// <summary>Whether an image may offer the contract in this version, with so many entry points.</summary>
    public bool Accepts(ushort version, int entryPointCount)
        => Direction == CallDirection.KernelToExtension && version == Version && entryPointCount == Methods.Count;

    /// <summary>How often a method was called since boot.</summary>
    public ulong GetCalls(int method) => ContractCatalog.GetCalls(Id, method);
}
