namespace NooksOS.Runtime;

/// <summary>A growing list of object addresses in memory of its own, which keeps nothing alive by itself.</summary>
internal unsafe struct PointerList
{
    private const nuint PageBytes = 4096;

    private byte** _items;
    private nuint _capacity;

    /// <summary>How many there are.</summary>
    public nuint Count { get; private set; }

    /// <summary>An element.</summary>
    public readonly byte* this[nuint index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    /// <summary>Appends an address. False if there is no memory.</summary>
    public bool TryAdd(byte* item)
    {
        if (!TryReserve(1))
        {
            return false;
        }

        _items[Count++] = item;
        return true;
    }

    /// <summary>Makes room for so many more, so that adding them cannot fail and asks nobody for memory.</summary>
    public bool TryReserve(nuint additional)
    {
        if (_capacity - Count >= additional)
        {
            return true;
        }

        nuint oldPages = _capacity * (nuint)sizeof(byte*) / PageBytes;
        nuint neededPages = (((Count + additional) * (nuint)sizeof(byte*)) + PageBytes - 1) / PageBytes;
        nuint newPages = nuint.Max(neededPages, 2 * oldPages);
        byte** items = (byte**)Platform.AllocatePages(newPages);
        if (items == null)
        {
            return false;
        }

        for (nuint index = 0; index < Count; index++)
        {
            items[index] = _items[index];
        }

        if (_items != null)
        {
            Platform.FreePages(_items, oldPages);
        }

        _items = items;
        _capacity = newPages * PageBytes / (nuint)sizeof(byte*);
        return true;
    }

    /// <summary>Whether an address is among them.</summary>
    public readonly bool Contains(byte* item)
    {
        for (nuint index = 0; index < Count; index++)
        {
            if (_items[index] == item)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the last element off, or null if there is none.</summary>
    public byte* TakeLast() => Count == 0 ? null : _items[--Count];

    /// <summary>Forgets everything from an index on.</summary>
    public void Truncate(nuint count) => Count = count;
}
