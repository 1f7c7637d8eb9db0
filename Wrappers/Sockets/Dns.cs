using System;
using System.Text;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Sockets;

/// <summary>Finds addresses by name.</summary>
public static class Dns
{
    /// <summary>The address of a host, given by its name or by the address itself. Waits for the answer.</summary>
    /// <exception cref="SocketException">There is no such host, or nobody to ask.</exception>
    public static IPAddress GetHostAddress(ISocketServices services, string host)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (IPAddress.TryParse(host, out IPAddress address))
        {
            return address;
        }

        if (host.Length is 0 or > SocketLimits.HostNameBytes)
        {
            throw new SocketException(CallStatus.NotFound);
        }

        CallResult<uint> resolved = services.Resolve(Encoding.ASCII.GetBytes(host), Timeout.Infinite);
        SocketException.ThrowIfFailed(resolved.Status);
        return new IPAddress(resolved.Value);
    }
}
