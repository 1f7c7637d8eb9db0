using System;
using System.Text.Unicode;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>The end of an exception that reached the boundary: the kernel is told, and stops the domain.</summary>
internal static class ExceptionReport
{
    /// <summary>Tells the kernel. The call comes back only if the kernel did not stop the domain.</summary>
    internal static ulong Send(Exception exception)
    {
        RuntimeServicesClient kernel = default;
        try
        {
            Span<byte> type = stackalloc byte[ReportLimits.TypeBytes];
            Span<byte> message = stackalloc byte[ReportLimits.MessageBytes];
            Span<ulong> stack = stackalloc ulong[ReportLimits.StackDepth];
            int typeLength = Write(exception.GetType().FullName, type);
            int messageLength = Write(exception.Message, message);
            int depth = ExceptionStack.Copy(exception, stack);
            kernel.ReportException(type[..typeLength], message[..messageLength], stack[..depth]);
        }
        catch (Exception)
        {
            // Not even the report can be made: the heap is used up or in ruins.
            kernel.FailFast("an exception that could not be reported"u8, 0);
        }

        return (ulong)CallStatus.Failed;
    }

    private static int Write(string? text, Span<byte> destination)
    {
        // What does not fit is cut off between characters.
        Utf8.FromUtf16(text, destination, out _, out int written);
        return written;
    }
}
