using System;
using System.Collections.Generic;

namespace NooksOS.Image.SelfTests;

/// <summary>Exceptions that the processor raises and that arrive as C# exceptions.</summary>
internal static class HardwareExceptionTests
{
    private interface INamed
    {
        string Name { get; }
    }

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("null reference: field, array, method and interface call", NullReferencesThrow),
        new("null reference within a copy", NullReferenceInHelperThrows),
        new("division by zero and overflow", DivisionsThrow),
        new("hardware exceptions run filters and finally", HardwareExceptionsUnwind),
        new("hardware exceptions within handlers", HardwareExceptionsNest),
    ];

    private static bool NullReferencesThrow()
    {
        Node? none = GetNull<Node>();
        int[]? array = GetNull<int[]>();
        INamed? named = GetNull<INamed>();
        Func<int>? function = GetNull<Func<int>>();
        return ThrowsNull(() => none!.Value++) && ThrowsNull(() => array![3]++) && ThrowsNull(() => _ = named!.Name)
            && ThrowsNull(() => function!()) && ThrowsNull(() => none!.Next = new Node()) && ThrowsNull(() => _ = none!.ToString());
    }

    private static bool NullReferenceInHelperThrows()
    {
        Holder? holder = GetNull<Holder>();
        return ThrowsNull(() => holder!.Large = default) && ThrowsNull(() => _ = holder!.Large.Reference);
    }

    private static bool DivisionsThrow()
    {
        int zero = GetZero();
        long longZero = zero;
        return Throws<DivideByZeroException>(() => _ = 7 / zero) && Throws<DivideByZeroException>(() => _ = 7L % longZero)
            && Throws<DivideByZeroException>(() => _ = 7u / (uint)zero);
    }

    private static bool HardwareExceptionsUnwind()
    {
        int zero = GetZero();
        int finallyRuns = 0;
        try
        {
            try
            {
                zero = 100 / zero;
            }
            finally
            {
                finallyRuns++;
            }
        }
        catch (DivideByZeroException) when (finallyRuns == 0)
        {
            return finallyRuns == 1 && zero == 0;
        }

        return false;
    }

    private static bool HardwareExceptionsNest()
    {
        int zero = GetZero();
        Node? none = GetNull<Node>();
        int order = 0;
        try
        {
            try
            {
                order = 1 / zero;
            }
            catch (DivideByZeroException)
            {
                order = 1;
                try
                {
                    none!.Value = 1;
                }
                catch (NullReferenceException)
                {
                    order = 2;
                }

                none!.Value = 3;
            }
        }
        catch (NullReferenceException)
        {
            return order == 2;
        }

        return false;
    }

    private static bool ThrowsNull(Action action) => Throws<NullReferenceException>(action);

    private static bool Throws<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException)
        {
            return true;
        }

        return false;
    }

    // Read from the machine, so that the compiler cannot know them.
    private static T? GetNull<T>()
        where T : class
        => Environment.TickCount64 < 0 ? (T)new object() : null;

    private static int GetZero() => Environment.TickCount64 < 0 ? 1 : 0;

    private sealed class Node
    {
        public int Value;
        public Node? Next;
    }

    private sealed class Holder
    {
        public LargeValue Large;
    }

    // Larger than what the compiler copies by itself, and with references, so that it is copied by the runtime's helper.
    private record struct LargeValue(
        object? First, decimal Second, decimal Third, decimal Fourth, decimal Fifth, decimal Sixth, decimal Seventh, object? Reference);
}
