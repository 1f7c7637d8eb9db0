using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NooksOS.Image.SelfTests;

/// <summary>What the compiler's code asks of type descriptions, dispatch and string building.</summary>
internal static class LanguageTests
{
    public static IEnumerable<SelfTest> All { get; } =
    [
        new("generics over values and references", GenericsWork),
        new("interface calls on many types", InterfaceCallsFindTheirTarget),
        new("default and static interface methods", InterfaceMethodsWithBodiesWork),
        new("generic virtual methods", GenericVirtualMethodsWork),
        new("delegates, closures and events", DelegatesWork),
        new("records: equality, copies and text", RecordsWork),
        new("pattern matching and casts", CastsWork),
        new("static constructors run once", StaticConstructorsRunOnce),
        new("thread statics", ThreadStaticsKeepTheirValue),
        new("string formatting and interpolation", FormattingWorks),
        new("UTF-8 and UTF-16", EncodingsRoundTrip),
        new("types at run time", TypesAreKnown),
        new("iterators", IteratorsWork),
    ];

    private interface IShape
    {
        int Sides { get; }

        string Describe() => $"{Sides} sides";

        static abstract IShape Create();
    }

    private static bool GenericsWork()
    {
        Pair<int, string> first = new(7, "seven");
        Pair<string, long> second = new("eight", 8);
        return first.Swap().First == "seven" && second.Swap().First == 8 && Largest([3, 9, 4]) == 9
            && Largest(["a", "c", "b"]) == "c";
    }

    private static bool InterfaceCallsFindTheirTarget()
    {
        IShape[] shapes = [new Triangle(), new Square(), new Polygon(5), new Polygon(6)];
        int sum = 0;
        for (int round = 0; round < 1000; round++)
        {
            foreach (IShape shape in shapes)
            {
                sum += shape.Sides;
            }
        }

        return sum == 18_000;
    }

    private static bool InterfaceMethodsWithBodiesWork()
        => ((IShape)new Square()).Describe() == "4 sides" && ((IShape)new Triangle()).Describe() == "three" && Make<Square>().Sides == 4;

    private static bool GenericVirtualMethodsWork()
    {
        Converter converter = new Doubler();
        return converter.Convert<int, string>(21) == "42" && converter.Convert<string, string>("ab") == "abab";
    }

    private static bool DelegatesWork()
    {
        int total = 0;
        Action<int> add = value => total += value;
        add += value => total += 10 * value;
        add(4);
        Func<int, Func<int, int>> adder = left => right => left + right;
        return total == 44 && adder(3)(4) == 7;
    }

    private static bool RecordsWork()
    {
        Point point = new(3, 4);
        return point == new Point(3, 4) && point with { Y = 5 } == new Point(3, 5) && point.ToString() == "Point { X = 3, Y = 4 }"
            && point.GetHashCode() == new Point(3, 4).GetHashCode();
    }

    private static bool CastsWork()
    {
        object[] values = [1, "two", 3.0, new int[] { 4 }, new Point(5, 6)];
        int found = 0;
        foreach (object value in values)
        {
            found += value switch
            {
                int number => number,
                string text => text.Length,
                double real when real > 2 => 30,
                int[] array => array[0] * 100,
                Point { X: 5 } => 1000,
                _ => 0,
            };
        }

        return found == 1434 && values[1] is IEnumerable<char> && values[3] is IReadOnlyList<int> && values[0] is not long;
    }

    private static bool StaticConstructorsRunOnce() => CountedConstruction.Value == 1 && CountedConstruction.Value == 1;

    private static bool ThreadStaticsKeepTheirValue()
    {
        PerThread.Value = "kept";
        PerThread.Other++;
        return PerThread.Value == "kept" && PerThread.Other >= 1;
    }

    private static bool FormattingWorks()
        => $"{12345.678:F2}|{255:X4}|{-7,5}|{true}|{DateTime.UnixEpoch:yyyy-MM-dd}" == "12345.68|00FF|   -7|True|1970-01-01"
            && string.Format(CultureInfo.InvariantCulture, "{0:N0} {1,-4}!", 1234567, 'x') == "1,234,567 x   !"
            && new StringBuilder().Append('a', 3).AppendJoin(',', 1, 2, 3).Insert(0, "<").ToString() == "<aaa1,2,3"
            && double.Parse("2.5e3", CultureInfo.InvariantCulture) == 2500 && int.TryParse("-17", out int parsed) && parsed == -17;

    private static bool EncodingsRoundTrip()
    {
        const string Text = "Grüße, 世界 \U0001F600";
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Text)) == Text && Encoding.Unicode.GetByteCount(Text) == 2 * Text.Length;
    }

    private static bool TypesAreKnown()
        => typeof(List<int>).IsGenericType && new Square().GetType() == typeof(Square) && typeof(Point).Name == nameof(Point)
            && Activator.CreateInstance<Square>().Sides == 4;

    private static bool IteratorsWork() => Fibonacci().Skip(10).First() == 55 && Fibonacci().TakeWhile(value => value < 100).Count() == 12;

    private static IEnumerable<int> Fibonacci()
    {
        (int current, int next) = (0, 1);
        while (true)
        {
            yield return current;
            (current, next) = (next, current + next);
        }
    }

    private static T Largest<T>(ReadOnlySpan<T> values)
        where T : IComparable<T>
    {
        T largest = values[0];
        foreach (T value in values)
        {
            largest = value.CompareTo(largest) > 0 ? value : largest;
        }

        return largest;
    }

    private static IShape Make<T>()
        where T : IShape
        => T.Create();

    private sealed record Point(int X, int Y);

    private readonly record struct Pair<TFirst, TSecond>(TFirst First, TSecond Second)
    {
        public Pair<TSecond, TFirst> Swap() => new(Second, First);
    }

    private sealed class Triangle : IShape
    {
        public int Sides => 3;

        public static IShape Create() => new Triangle();

        public string Describe() => "three";
    }

    private sealed class Square : IShape
    {
        public int Sides => 4;

        public static IShape Create() => new Square();
    }

    private sealed class Polygon(int sides) : IShape
    {
        public int Sides => sides;

        public static IShape Create() => new Polygon(0);
    }

    private abstract class Converter
    {
        public abstract TTo Convert<TFrom, TTo>(TFrom value);
    }

    private sealed class Doubler : Converter
    {
        public override TTo Convert<TFrom, TTo>(TFrom value)
            => (TTo)(object)(value is int number ? (number * 2).ToString(CultureInfo.InvariantCulture) : $"{value}{value}");
    }

    private static class CountedConstruction
    {
        private static int s_count;

        static CountedConstruction() => Value = ++s_count;

        public static int Value { get; }
    }

    private static class PerThread
    {
        [ThreadStatic]
        public static string? Value;

        [ThreadStatic]
        public static int Other;
    }
}
