using System;
using System.Collections.Generic;
using NooksOS.Kernel.Bus.Remapping;

namespace NooksOS.Tests.Units.Kernel.Bus.Remapping;

/// <summary>Pages of tables, so many and no more.</summary>
internal sealed class FakeTables(int limit = int.MaxValue) : ITableMemory
{
    private readonly Dictionary<ulong, ulong[]> _pages = [];
    private ulong _next = 0x10_0000;

    public int Count => _pages.Count;

    public int Limit { get; set; } = limit;

    /// <summary>What happens while somebody asks for a page.</summary>
    public Action? Taking { get; set; }

    public List<ulong> Returned { get; } = [];

    public ulong TryTake()
    {
        Taking?.Invoke();
        if (_pages.Count >= Limit)
        {
            return 0;
        }

        _next += 0x1000;
        _pages.Add(_next, new ulong[512]);
        return _next;
    }

    public void Return(ulong page)
    {
        if (!_pages.Remove(page))
        {
            throw new InvalidOperationException("a page was given back that nobody has");
        }

        Returned.Add(page);
    }

    public Span<ulong> Get(ulong page) => _pages[page];

    public void Publish(ulong page, int firstWord, int wordCount)
    {
    }
}
