using System;

namespace NooksOS.Tool.Host;

/// <summary>Something on the host is wrong, and one line tells the user what to do about it.</summary>
public sealed class HostException : Exception
{
    /// <summary>Makes an error of one line.</summary>
    public HostException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error of one line with the failure behind it.</summary>
    public HostException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
