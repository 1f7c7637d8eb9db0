using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Wrappers;

namespace NooksOS.Image.Hosting;

/// <summary>A place for one extension: it stays over restarts, while instances come and go in it.</summary>
internal sealed class HostedDomain(uint id, string extensionName, bool isProcess, ProtectionBackEnd backEnd)
{
    /// <summary>The number that the recovery manager knows it by.</summary>
    public uint Id { get; } = id;

    /// <summary>The extension.</summary>
    public string ExtensionName { get; } = extensionName;

    /// <summary>Whether it is a process: at ring 3 whatever the machine's back end is.</summary>
    public bool IsProcess { get; } = isProcess;

    /// <summary>How the next instance is protected.</summary>
    public ProtectionBackEnd BackEnd { get; set; } = backEnd;

    /// <summary>How many instances there were.</summary>
    public uint Generation { get; set; }

    /// <summary>The instance, or null.</summary>
    public Domain? Instance { get; set; }

    /// <summary>The way into the instance.</summary>
    public DomainChannel? Channel { get; set; }

    /// <summary>The control contract of the instance.</summary>
    public IExtensionControl? Control { get; set; }

    /// <summary>The network stack, if the instance is one: calls to any other answer that there is none.</summary>
    public INetworkStack? NetworkStack { get; set; }

    /// <summary>Whether the death of the instance was told to the manager.</summary>
    public bool IsFaultTaken { get; set; }
}
