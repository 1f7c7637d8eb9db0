using System;
using System.Collections.Generic;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NooksOS.Image.SelfTests;

/// <summary>The collector: what is reachable stays whole, what is not goes away and its memory comes back.</summary>
internal static class MemoryTests
{
    private static object? s_root;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("a live tree survives churn", TreeSurvivesChurn),
        new("deep structures do not overflow the collector", DeepListSurvives),
        new("wide structures do not overflow the collector", WideArraySurvives),
        new("interior pointers keep their object", InteriorPointersKeepTheirObject),
        new("weak references", WeakReferencesAreCleared),
        new("handles keep their object", HandlesKeepTheirObject),
        new("dependent handles", DependentHandlesFollowTheirKey),
        new("dependent handles in chains", DependentHandlesChain),
        new("large objects come and go", LargeObjectsComeAndGo),
        new("memory goes back", MemoryGoesBack),
        new("objects of every size are zero at first", ObjectsAreZero),
        new("out of memory is an exception", OutOfMemoryThrows),
        new("statistics of the collector", StatisticsAreKept),
        new("the heap is consistent", HeapIsConsistent),
    ];

    private static bool TreeSurvivesChurn()
    {
        Tree tree = Tree.Build(12, 1);
        Dictionary<int, string> names = [];
        for (int round = 0; round < 200; round++)
        {
            names[round] = $"name {round}";
            for (int index = 0; index < 2000; index++)
            {
                s_root = new byte[index % 300];
            }
        }

        s_root = null;
        bool namesAreWhole = true;
        foreach ((int key, string name) in names)
        {
            namesAreWhole &= name == $"name {key}";
        }

        return namesAreWhole && tree.Sum() == (1L << 12) * ((1L << 12) - 1) / 2;
    }

    private static bool DeepListSurvives()
    {
        Link? head = null;
        const int Length = 200_000;
        for (int index = 0; index < Length; index++)
        {
            head = new Link(index, head);
        }

        GC.Collect();
        int count = 0;
        for (Link? link = head; link != null; link = link.Next)
        {
            count += link.Value == Length - 1 - count ? 1 : 0;
        }

        return count == Length;
    }

    private static bool WideArraySurvives()
    {
        object[][] rows = new object[300][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new object[300];
            for (int column = 0; column < 300; column++)
            {
                rows[row][column] = new Link((row * 300) + column, new Link(column, null));
            }
        }

        GC.Collect();
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < 300; column++)
            {
                Link link = (Link)rows[row][column];
                if (link.Value != (row * 300) + column || link.Next!.Value != column)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool InteriorPointersKeepTheirObject()
    {
        ref int place = ref MakeArray()[70];
        Churn();
        Span<byte> rest = new byte[5000].AsSpan(4990);
        rest.Fill(3);
        Churn();
        return place == 70 && rest[5] == 3;
    }

    private static bool WeakReferencesAreCleared()
    {
        WeakReference<object>[] references = MakeWeak(100);
        object kept = new();
        WeakReference<object> live = new(kept);
        Churn();
        int cleared = 0;
        foreach (WeakReference<object> reference in references)
        {
            cleared += reference.TryGetTarget(out _) ? 0 : 1;
        }

        // The stack is scanned conservatively: a stale word may keep one or another.
        return cleared >= 95 && live.TryGetTarget(out object? target) && ReferenceEquals(target, kept);
    }

    private static bool HandlesKeepTheirObject()
    {
        GCHandle normal = GCHandle.Alloc(new Link(41, null));
        GCHandle pinned = GCHandle.Alloc(new byte[] { 1, 2, 3 }, GCHandleType.Pinned);
        nint address = pinned.AddrOfPinnedObject();
        Churn();
        bool held = ((Link)normal.Target!).Value == 41 && ((byte[])pinned.Target!)[2] == 3 && address == pinned.AddrOfPinnedObject();
        normal.Free();
        pinned.Free();
        return held;
    }

    private static bool DependentHandlesFollowTheirKey()
    {
        ConditionalWeakTable<object, Link> table = [];
        object key = new();
        table.Add(key, new Link(17, null));
        AddDeadEntries(table, 50);
        Churn();
        int count = 0;
        foreach (KeyValuePair<object, Link> _ in table)
        {
            count++;
        }

        bool found = table.TryGetValue(key, out Link? value) && value.Value == 17;
        GC.KeepAlive(key);
        return found && count < 5;
    }

    private static bool DependentHandlesChain()
    {
        ConditionalWeakTable<object, object> table = [];
        object first = new();
        object key = first;
        for (int index = 0; index < 20; index++)
        {
            object next = new();
            table.Add(key, next);
            key = next;
        }

        key = first;
        Churn();
        int length = 0;
        while (table.TryGetValue(key, out object? next))
        {
            key = next;
            length++;
        }

        GC.KeepAlive(first);
        return length == 20;
    }

    private static bool LargeObjectsComeAndGo()
    {
        for (int round = 0; round < 60; round++)
        {
            byte[] large = new byte[1 << 20];
            large[round] = 1;
            large[^1] = 2;
            if (large[(round + 1) % large.Length] != 0 && round != large.Length - 1)
            {
                return false;
            }
        }

        string text = new('x', 100_000);
        return text.Length == 100_000 && text[99_999] == 'x' && new long[2000].Length == 2000;
    }

    private static bool MemoryGoesBack()
    {
        Churn();
        long before = GC.GetTotalMemory(true);
        s_root = MakeMany();
        long during = GC.GetTotalMemory(true);
        s_root = null;
        Churn();
        long after = GC.GetTotalMemory(true);
        return during - before > 3_000_000 && after - before < 1_000_000;
    }

    private static bool ObjectsAreZero()
    {
        for (int round = 0; round < 3; round++)
        {
            for (int size = 0; size < 3000; size += 7)
            {
                byte[] bytes = new byte[size];
                if (bytes.AsSpan().IndexOfAnyExcept((byte)0) >= 0)
                {
                    return false;
                }

                bytes.AsSpan().Fill(0xFF);
            }
        }

        return true;
    }

    private static bool OutOfMemoryThrows()
    {
        try
        {
            byte[] huge = new byte[0x7FFF_FFC0];
            huge[5] = 1;
            s_root = huge;
            return huge.Length == 0x7FFF_FFC0;
        }
        catch (OutOfMemoryException)
        {
            return new byte[100].Length == 100;
        }
        finally
        {
            s_root = null;
        }
    }

    private static bool StatisticsAreKept()
    {
        int before = GC.CollectionCount(0);
        GC.Collect();
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return GC.CollectionCount(0) > before && info.TotalCommittedBytes >= info.HeapSizeBytes && info.HeapSizeBytes > 0
            && info.PauseDurations[0] > TimeSpan.Zero && info.PauseDurations[0] < TimeSpan.FromSeconds(2) && info.Index >= before;
    }

    private static bool HeapIsConsistent()
    {
        Churn();
        return CheckHeap() == 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int[] MakeArray()
    {
        int[] array = new int[100];
        for (int index = 0; index < array.Length; index++)
        {
            array[index] = index;
        }

        return array;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference<object>[] MakeWeak(int count)
    {
        WeakReference<object>[] references = new WeakReference<object>[count];
        for (int index = 0; index < count; index++)
        {
            references[index] = new WeakReference<object>(new Link(index, null));
        }

        return references;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddDeadEntries(ConditionalWeakTable<object, Link> table, int count)
    {
        for (int index = 0; index < count; index++)
        {
            table.Add(new object(), new Link(index, null));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object MakeMany()
    {
        List<byte[]> many = [];
        for (int index = 0; index < 40_000; index++)
        {
            many.Add(new byte[100]);
        }

        return many;
    }

    private static void Churn()
    {
        for (int round = 0; round < 2; round++)
        {
            for (int index = 0; index < 5000; index++)
            {
                s_root = new byte[index % 200];
            }

            s_root = null;
            GC.Collect();
        }
    }

    // Counts what is wrong in the runtime's own structures.
    [RuntimeImport("*", "RuntimeCheckHeap")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern uint CheckHeap();

    private sealed record Link(int Value, Link? Next);

    private sealed class Tree(long value, Tree? left, Tree? right)
    {
        public static Tree Build(int depth, long value)
            => depth == 1 ? new Tree(value, null, null) : new Tree(value, Build(depth - 1, 2 * value), Build(depth - 1, (2 * value) + 1));

        public long Sum() => value + (left?.Sum() ?? 0) + (right?.Sum() ?? 0);
    }
}
