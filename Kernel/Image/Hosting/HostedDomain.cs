using NooksOS.Contracts;
using NooksOS.Isolation;

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

    /// <summary>What runs in it, or null.</summary>
    public HostedInstance? Current { get; set; }

    /// <summary>What runs in it next, should the current instance fail, or null.</summary>
    public HostedInstance? Standby { get; set; }

    /// <summary>The memory, the objects and the services of the current instance, or null.</summary>
    public Domain? Instance => Current?.Domain;

    /// <summary>The control contract of the current instance, or null.</summary>
    public IExtensionControl? Control => Current?.Control;

    /// <summary>Whether the death of the instance was told to the manager.</summary>
    public bool IsFaultTaken { get; set; }

    /// <summary>
    /// Whether the next instance is to be made when it is needed, not before: one could not be made ahead, or somebody has plans for it.
    /// </summary>
    public bool IsWithoutStandby { get; set; }
}
