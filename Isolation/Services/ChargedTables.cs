using System;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Memory;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>Pages of tables that count as memory of a domain.</summary>
internal sealed class ChargedTables(ITableMemory memory, MemoryAccount account) : ITableMemory
{
    /// <inheritdoc/>
    public ulong TryTake()
    {
        if (!account.TryCharge(AddressLayout.PageBytes))
        {
            return 0;
        }

        ulong page = memory.TryTake();
        if (page == 0)
        {
            account.Discharge(AddressLayout.PageBytes);
        }

        return page;
    }

    /// <inheritdoc/>
    public void Return(ulong page)
    {
        memory.Return(page);
        account.Discharge(AddressLayout.PageBytes);
    }

    /// <inheritdoc/>
    public Span<ulong> Get(ulong page) => memory.Get(page);

    /// <inheritdoc/>
    public void Publish(ulong page, int firstWord, int wordCount) => memory.Publish(page, firstWord, wordCount);
}
