using System.IO;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>A call on a socket has failed.</summary>
public sealed class SocketException(CallStatus status) : IOException(Describe(status))
{
    /// <summary>How.</summary>
    public CallStatus Status { get; } = status;

    internal static void ThrowIfFailed(CallStatus status)
    {
        if (status != CallStatus.Ok)
        {
            throw new SocketException(status);
        }
    }

    private static string Describe(CallStatus status) => status switch
    {
        CallStatus.AddressInUse => "Somebody else has the port.",
        CallStatus.Cancelled => "The program is being stopped.",
        CallStatus.ConnectionRefused => "The peer does not accept the connection.",
        CallStatus.ConnectionReset => "The connection is broken.",
        CallStatus.NotConnected => "The socket is not connected.",
        CallStatus.NotFound => "There is no such host.",
        CallStatus.OutOfResources => "Memory or room is short.",
        CallStatus.TimedOut => "The peer did not answer in time.",
        CallStatus.Unreachable => "There is no way to the peer.",
        CallStatus.WouldBlock => "The call would have to wait.",
        _ => $"The socket call has failed: {status}.",
    };
}
