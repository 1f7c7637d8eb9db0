using System;
using System.Collections.Generic;
using System.Text;

namespace NooksOS.Image.SelfTests;

/// <summary>Exceptions that C# throws: every kind of handler, and handlers that are left by another exception.</summary>
internal static class ExceptionTests
{
    private static int s_depthReached;

    public static IEnumerable<SelfTest> All { get; } =
    [
        new("throw and catch by type", CatchesByType),
        new("filters run before handlers of inner frames", FiltersRunInTheFirstPass),
        new("finally runs once on either way out", FinallyRunsOnce),
        new("rethrow keeps the exception", RethrowKeepsTheException),
        new("exceptions within handlers", HandlersMayThrow),
        new("throw in finally replaces the exception", FinallyMayThrow),
        new("nested handlers in one method", NestedHandlersNest),
        new("locals survive a catch", LocalsSurvive),
        new("unwinding 500 frames", UnwindsDeepStacks),
        new("exceptions in loops leave nothing behind", ManyExceptionsLeaveNothingBehind),
        new("exceptions of the base library", BaseLibraryThrows),
        new("stack traces hold return addresses", StackTracesAreCaptured),
        new("exception in a filter counts as false", FilterMayThrow),
    ];

    private static bool CatchesByType()
    {
        try
        {
            Throw(new ArgumentOutOfRangeException("parameter"));
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        catch (ArgumentException exception)
        {
            return exception.ParamName == "parameter";
        }

        return false;
    }

    private static bool FiltersRunInTheFirstPass()
    {
        StringBuilder order = new();
        try
        {
            try
            {
                Throw(new InvalidOperationException());
            }
            finally
            {
                order.Append("finally ");
            }
        }
        catch (InvalidOperationException) when (Note(order, "filter ", false))
        {
            order.Append("wrong ");
        }
        catch (InvalidOperationException) when (Note(order, "second ", true))
        {
            order.Append("catch");
        }

        return order.ToString() == "filter second finally catch";
    }

    private static bool FinallyRunsOnce()
    {
        int count = 0;
        int Normal()
        {
            try
            {
                return 1;
            }
            finally
            {
                count++;
            }
        }

        int result = Normal();
        try
        {
            try
            {
                Throw(new NotSupportedException());
            }
            finally
            {
                count += 10;
            }
        }
        catch (NotSupportedException)
        {
            count += 100;
        }

        return result == 1 && count == 111;
    }

    private static bool RethrowKeepsTheException()
    {
        Exception original = new InvalidOperationException("original");
        try
        {
            try
            {
                Throw(original);
            }
            catch (InvalidOperationException)
            {
                throw;
            }
        }
        catch (Exception caught)
        {
            return ReferenceEquals(caught, original);
        }

        return false;
    }

    private static bool HandlersMayThrow()
    {
        try
        {
            try
            {
                Throw(new InvalidOperationException("first"));
            }
            catch (InvalidOperationException first)
            {
                try
                {
                    Throw(new NotSupportedException("inner"));
                }
                catch (NotSupportedException)
                {
                }

                throw new ArgumentException("second", first);
            }
        }
        catch (ArgumentException second)
        {
            return second.InnerException is InvalidOperationException { Message: "first" };
        }

        return false;
    }

    private static bool FinallyMayThrow()
    {
        int finallyRuns = 0;
        try
        {
            try
            {
                try
                {
                    Throw(new InvalidOperationException("lost"));
                }
                finally
                {
                    finallyRuns++;
                    Throw(new NotSupportedException("kept"));
                }
            }
            finally
            {
                finallyRuns += 10;
            }
        }
        catch (NotSupportedException exception)
        {
            return exception.Message == "kept" && finallyRuns == 11;
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        return false;
    }

    private static bool NestedHandlersNest()
    {
        StringBuilder order = new();
        for (int round = 0; round < 3; round++)
        {
            try
            {
                try
                {
                    ThrowByNumber(round);
                    order.Append('-');
                }
                catch (InvalidOperationException)
                {
                    order.Append('i');
                    continue;
                }
                finally
                {
                    order.Append('f');
                }

                order.Append('e');
            }
            catch (NotSupportedException)
            {
                order.Append('o');
            }
        }

        return order.ToString() == "-feiffo";
    }

    private static bool LocalsSurvive()
    {
        int number = Environment.TickCount;
        string text = $"text {number}";
        double real = number * 0.5;
        long[] array = [number, 2, 3];
        try
        {
            number++;
            array[1] = number;
            Throw(new InvalidOperationException());
        }
        catch (InvalidOperationException)
        {
            number++;
        }

        return array[1] == number - 1 && text == $"text {number - 2}" && real == (number - 2) * 0.5 && array.Length == 3;
    }

    private static bool UnwindsDeepStacks()
    {
        const int Depth = 500;
        s_depthReached = 0;
        try
        {
            Descend(Depth);
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message == "bottom" && s_depthReached == Depth;
        }

        return false;
    }

    private static bool ManyExceptionsLeaveNothingBehind()
    {
        int caught = 0;
        for (int round = 0; round < 500; round++)
        {
            try
            {
                ThrowByNumber(1 + (round % 2));
            }
            catch (InvalidOperationException) when (round % 4 == 0)
            {
                caught++;
            }
            catch (Exception)
            {
                caught++;
            }
        }

        return caught == 500;
    }

    private static bool BaseLibraryThrows()
    {
        int[] array = [1, 2, 3];
        object boxed = "text";
        return Throws<IndexOutOfRangeException>(() => array[array.Length] = 1)
            && Throws<InvalidCastException>(() => ((int[])boxed)[0] = 1)
            && Throws<OverflowException>(() => array[0] = checked(array[0] + int.MaxValue))
            && Throws<ArrayTypeMismatchException>(() => ((object[])new string[1])[0] = new object())
            && Throws<KeyNotFoundException>(() => _ = new Dictionary<int, int>()[5])
            && Throws<FormatException>(() => int.Parse("x", System.Globalization.CultureInfo.InvariantCulture))
            && Throws<OverflowException>(() => _ = new byte[-array.Length]);
    }

    private static bool StackTracesAreCaptured()
    {
        try
        {
            Descend(3);
        }
        catch (InvalidOperationException exception)
        {
            return !string.IsNullOrEmpty(exception.StackTrace) && new System.Diagnostics.StackTrace(exception).FrameCount >= 4;
        }

        return false;
    }

    private static bool FilterMayThrow()
    {
        try
        {
            Throw(new InvalidOperationException("outer"));
        }
        catch (InvalidOperationException) when (ThrowInFilter())
        {
            return false;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message == "outer";
        }

        return false;
    }

    private static bool ThrowInFilter()
    {
        Throw(new NotSupportedException("in a filter"));
        return true;
    }

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

    private static void Descend(int remaining)
    {
        if (remaining == 0)
        {
            throw new InvalidOperationException("bottom");
        }

        try
        {
            Descend(remaining - 1);
        }
        finally
        {
            s_depthReached++;
        }
    }

    private static void ThrowByNumber(int number)
    {
        switch (number)
        {
            case 1:
                throw new InvalidOperationException();
            case 2:
                throw new NotSupportedException();
            default:
                break;
        }
    }

    private static bool Note(StringBuilder order, string text, bool result)
    {
        order.Append(text);
        return result;
    }

    private static void Throw(Exception exception) => throw exception;
}
