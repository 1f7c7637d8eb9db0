using System;
using System.Collections.Generic;
using System.Threading;

namespace NooksOS.Recovery;

/// <summary>All extensions, and the lock that guards their state.</summary>
internal sealed class ExtensionRegistry
{
    private readonly List<ManagedExtension> _extensions = [];

    /// <summary>Guards the list and the fields of every extension. Never held while a domain or a shadow is called.</summary>
    public Lock Sync { get; } = new();

    /// <summary>All of them; the caller holds the lock.</summary>
    public IReadOnlyList<ManagedExtension> All => _extensions;

    public void Add(ExtensionDefinition definition)
    {
        lock (Sync)
        {
            if (Find(definition.Name) is not null)
            {
                throw new InvalidOperationException($"There is an extension {definition.Name} already.");
            }

            _extensions.Add(new ManagedExtension(definition));
        }
    }

    public bool TryGet(int index, out ManagedExtension extension)
    {
        lock (Sync)
        {
            bool exists = index < _extensions.Count;
            extension = exists ? _extensions[index] : null!;
            return exists;
        }
    }

    public List<ExtensionStatus> Describe()
    {
        lock (Sync)
        {
            return _extensions.ConvertAll(extension => extension.Describe());
        }
    }

    /// <summary>Finds an extension; the caller holds the lock.</summary>
    public ManagedExtension? Find(string name) => _extensions.Find(extension => extension.Definition.Name == name);

    /// <summary>Finds an extension; the caller holds the lock.</summary>
    public ManagedExtension? FindByDomain(uint domainId)
        => _extensions.Find(extension => extension.HasDomain && extension.DomainId == domainId);

    /// <summary>The recovery agent, if there is one that is or will be running; the caller holds the lock.</summary>
    public ManagedExtension? FindAgent() => _extensions.Find(extension => extension.Definition.IsAgent
        && extension.State is not (ExtensionState.Unloaded or ExtensionState.GivenUp));
}
