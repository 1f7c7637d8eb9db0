using System;

namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>Pages that units read tables from.</summary>
public interface ITableMemory
{
    /// <summary>Takes a zeroed page. Returns its physical address; 0 if there is none.</summary>
    ulong TryTake();

    /// <summary>Gives a page back that no unit looks at any more.</summary>
    void Return(ulong page);

    /// <summary>The words of a page.</summary>
    Span<ulong> Get(ulong page);

    /// <summary>Has units see what was written to words of a page.</summary>
    void Publish(ulong page, int firstWord, int wordCount);
}
