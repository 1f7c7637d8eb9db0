using System;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>
/// <c>/random/BYTES</c>: a file of that many bytes that nobody stores. Each is computed from its position, so that a transfer of any
/// size can be checked, and continued on another instance of the server.
/// </summary>
internal sealed class RandomFiles(long modifiedSeconds) : IFileSource
{
    private const int MaximumDigits = 15;

    /// <inheritdoc/>
    public Representation? Open(ReadOnlySpan<byte> path)
    {
        ReadOnlySpan<byte> prefix = "/random/"u8;
        if (!path.StartsWith(prefix))
        {
            return null;
        }

        // One name for each file: no leading zeros, no sign.
        ReadOnlySpan<byte> digits = path[prefix.Length..];
        if (digits.Length is 0 or > MaximumDigits
            || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || (digits[0] == (byte)'0' && digits.Length > 1))
        {
            return null;
        }

        long lengthBytes = 0;
        foreach (byte digit in digits)
        {
            lengthBytes = (lengthBytes * 10) + (digit - '0');
        }

        return new RandomRepresentation(lengthBytes, [(byte)'"', (byte)'r', .. digits, (byte)'"'], modifiedSeconds);
    }
}
