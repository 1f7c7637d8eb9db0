using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace NooksOS.Image.SelfTests;

/// <summary>The base library's collections, which lean on generics, dispatch and the collector all at once.</summary>
internal static class CollectionTests
{
    public static IEnumerable<SelfTest> All { get; } =
    [
        new("lists and sorting", ListsWork),
        new("dictionaries and sets", DictionariesWork),
        new("sorted collections and priority queues", SortedCollectionsWork),
        new("concurrent collections", ConcurrentCollectionsWork),
        new("LINQ", QueriesWork),
        new("what objects of types made at run time refer to survives", TypesMadeAtRunTimeAreScanned),
        new("spans and memory", SpansWork),
        new("copies and fills of every size, alignment and overlap", CopiesAreExact),
        new("arrays of structures, jagged and multi-dimensional arrays", ArraysWork),
    ];

    private static bool ListsWork()
    {
        List<int> list = [];
        uint seed = 12345;
        for (int index = 0; index < 1000; index++)
        {
            seed = (seed * 1_664_525) + 1_013_904_223;
            list.Add((int)(seed >> 8));
        }

        list.Sort();
        for (int index = 1; index < list.Count; index++)
        {
            if (list[index - 1] > list[index])
            {
                return false;
            }
        }

        return list.BinarySearch(list[500]) is >= 498 and <= 502 && list.RemoveAll(value => value % 2 == 0) + list.Count == 1000;
    }

    private static bool DictionariesWork()
    {
        Dictionary<string, int> numbers = [];
        for (int index = 0; index < 2000; index++)
        {
            numbers[$"key {index}"] = index;
        }

        HashSet<long> set = [.. numbers.Values.Select(value => (long)value % 100)];
        return numbers["key 1234"] == 1234 && !numbers.ContainsKey("key 2000") && numbers.Remove("key 7") && numbers.Count == 1999
            && set.Count == 100;
    }

    private static bool SortedCollectionsWork()
    {
        SortedDictionary<int, string> sorted = new() { [3] = "c", [1] = "a", [2] = "b" };
        PriorityQueue<string, int> queue = new();
        queue.Enqueue("late", 9);
        queue.Enqueue("soon", 1);
        return string.Concat(sorted.Values) == "abc" && queue.Dequeue() == "soon" && new SortedSet<int> { 5, 2, 8 }.Min == 2;
    }

    private static bool ConcurrentCollectionsWork()
    {
        ConcurrentDictionary<int, string> map = new();
        ConcurrentQueue<int> queue = new();
        for (int index = 0; index < 100; index++)
        {
            map.GetOrAdd(index, key => $"#{key}");
            queue.Enqueue(index);
        }

        return map[42] == "#42" && queue.TryDequeue(out int first) && first == 0 && queue.Count == 99;
    }

    private static bool QueriesWork()
    {
        var groups = Enumerable.Range(1, 100)
            .Where(value => value % 3 == 0)
            .GroupBy(value => value % 10)
            .OrderByDescending(group => group.Sum())
            .Select(group => new { group.Key, Total = group.Sum() })
            .ToList();
        return groups.Count == 10 && groups.Sum(group => group.Total) == 1683
            && Enumerable.Range(0, 5).Zip("abcde", (number, letter) => $"{letter}{number}").Aggregate((left, right) => left + right) == "a0b1c2d3e4";
    }

    // The compiler does not foresee the iterator that a query over a list of references becomes: CoreLib puts its type together.
    private static bool TypesMadeAtRunTimeAreScanned()
    {
        IEnumerable<string>[] queries = new IEnumerable<string>[50];
        for (int index = 0; index < queries.Length; index++)
        {
            string suffix = $"-{index}";
            List<string> words = [$"one{suffix}", $"two{suffix}"];
            queries[index] = words.Where(word => word.EndsWith(suffix, StringComparison.Ordinal)).Select(word => word[..3]).Distinct();
        }

        GC.Collect();
        for (int index = 0; index < 5000; index++)
        {
            _ = new string('x', 20);
        }

        GC.Collect();
        return queries.All(query => string.Concat(query) == "onetwo");
    }

    private static bool SpansWork()
    {
        Span<byte> bytes = stackalloc byte[32];
        bytes.Fill(0x5A);
        MemoryMarshal.Cast<byte, uint>(bytes)[3] = 0xDEADBEEF;
        return bytes[12] == 0xEF && bytes.IndexOf((byte)0xAD) == 14 && "one,two,three".AsSpan(4, 3).SequenceEqual("two")
            && bytes[..12].IndexOfAnyExcept((byte)0x5A) < 0;
    }

    private static bool CopiesAreExact()
    {
        byte[] actual = new byte[400];
        byte[] expected = new byte[400];
        for (int size = 0; size <= 130; size++)
        {
            foreach ((int from, int to) in new[] { (100, 101), (101, 100), (100, 133), (133, 100), (100, 100), (7, 250), (250, 9) })
            {
                for (int index = 0; index < actual.Length; index++)
                {
                    actual[index] = expected[index] = (byte)((index * 7) + size);
                }

                for (int index = 0; index < size; index++)
                {
                    expected[to + index] = (byte)(((from + index) * 7) + size);
                }

                Buffer.BlockCopy(actual, from, actual, to, size);
                actual.AsSpan(from - 5, size / 3).Fill((byte)size);
                for (int index = 0; index < size / 3; index++)
                {
                    expected[from - 5 + index] = (byte)size;
                }

                if (!actual.AsSpan().SequenceEqual(expected))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool ArraysWork()
    {
        (string Name, int Value, object? Tag)[] rows = new (string, int, object?)[50];
        for (int index = 0; index < rows.Length; index++)
        {
            rows[index] = ($"row {index}", index, new object());
        }

        GC.Collect();
        int[,] grid = new int[7, 5];
        grid[6, 4] = 35;
        int[][] jagged = [[1], [2, 3], [4, 5, 6]];
        return rows.All(row => row.Name.EndsWith($"{row.Value}", StringComparison.Ordinal) && row.Tag!.GetHashCode() != 0 - 1)
            && grid.Length == 35 && grid.Cast<int>().Sum() == 35 && jagged.SelectMany(row => row).Sum() == 21;
    }
}
