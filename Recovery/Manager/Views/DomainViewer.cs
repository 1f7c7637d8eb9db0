using System.Collections.Generic;
using System.Linq;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery;

/// <summary>Puts together what the <c>domains</c> and <c>objects</c> commands show.</summary>
public sealed class DomainViewer(RecoveryManager manager, IDomainControl domains, IDomainStatistics statistics)
{
    private const ulong PageBytes = 4096;

    /// <summary>One row for each extension that was ever loaded.</summary>
    public IReadOnlyList<DomainRow> View()
    {
        List<DomainRow> rows = [];
        foreach (ExtensionStatus extension in manager.Describe().Where(extension => !extension.IsAvailable))
        {
            DomainCounts counts = extension.DomainId is { } id ? statistics.Read(id) : default;
            HandleTable? objects = extension.DomainId is { } domainId ? domains.GetObjects(domainId) : null;
            rows.Add(new DomainRow
            {
                DomainId = extension.DomainId,
                Extension = extension.Name,
                Mode = counts.Mode ?? string.Empty,
                IsProcess = counts.IsProcess,
                State = extension.State,
                Generation = extension.Generation,
                Faults = extension.Faults,
                Restarts = extension.Restarts,
                CallsIn = counts.CallsIn,
                CallsOut = counts.CallsOut,
                MemoryBytes = counts.Pages * PageBytes,
                Objects = objects?.Count ?? 0,
            });
        }

        return rows;
    }

    /// <summary>What the instance of an extension holds, oldest first; null if there is no extension of that name.</summary>
    public IReadOnlyList<TrackedObjectInfo>? ViewObjects(string extensionName)
    {
        if (manager.Describe(extensionName) is not { } extension)
        {
            return null;
        }

        HandleTable? objects = extension.DomainId is { } domainId ? domains.GetObjects(domainId) : null;
        return objects?.Describe() ?? [];
    }
}
