using System;
using System.Collections.Generic;
using NooksOS.Storage;
using Xunit;

namespace NooksOS.Tests.Units.Storage;

/// <summary>Memory that a disk can reach: only pages that were taken and not given back.</summary>
internal sealed class FakePages(uint limitPages) : IPageMemory
{
    private readonly Dictionary<ulong, byte[]> _pages = [];
    private ulong _nextPage = 0x1_0000_0000;

    public uint LimitPages => limitPages;

    public int Taken => _pages.Count;

    public bool TryTake(out ulong page)
    {
        page = _nextPage;
        _nextPage += IPageMemory.PageBytes;
        byte[] bytes = new byte[IPageMemory.PageBytes];
        Array.Fill(bytes, (byte)0xEE);
        _pages.Add(page, bytes);
        Assert.True(_pages.Count <= limitPages, "the cache took more memory than it may");
        return true;
    }

    public void Return(ulong page) => Assert.True(_pages.Remove(page), "memory was given back twice");

    public Span<byte> Get(ulong page)
    {
        Assert.True(_pages.TryGetValue(page, out byte[]? bytes), "memory is used that was given back");
        return bytes;
    }
}
