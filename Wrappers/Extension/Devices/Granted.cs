using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>Turns a refusal of the kernel into the exception that drivers expect.</summary>
internal static class Granted
{
    /// <summary>The value that was granted.</summary>
    public static T Require<T>(CallResult<T> result, string what)
        where T : unmanaged
    {
        Require(result.Status, what);
        return result.Value;
    }

    /// <summary>Goes on only if the call succeeded.</summary>
    public static void Require(CallStatus status, string what)
    {
        if (status != CallStatus.Ok)
        {
            throw new InvalidOperationException($"The kernel refused {what}: {status}.");
        }
    }
}
