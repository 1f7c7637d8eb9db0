using System.Collections.Generic;
using System.Globalization;

namespace NooksOS.Tool.Options;

/// <summary>A port of the host's loopback address that leads to a port of the guest.</summary>
/// <param name="Transport">Which of the two transports is led over.</param>
/// <param name="HostPort">The port on 127.0.0.1.</param>
/// <param name="GuestPort">The port that the guest listens on.</param>
public sealed record PortForward(ForwardedTransport Transport, int HostPort, int GuestPort)
{
    /// <summary>What a forward must look like; for error messages.</summary>
    public const string Form = "HOST:GUEST, udp:HOST:GUEST or tcp:HOST:GUEST with ports from 1 to 65535";

    /// <summary>Reads a forward as a user writes it.</summary>
    public static bool TryParse(string text, out PortForward? forward)
    {
        forward = null;
        string[] parts = text.Split(':');
        ForwardedTransport transport = ForwardedTransport.Both;
        if (parts.Length == 3)
        {
            switch (parts[0])
            {
                case "udp":
                    transport = ForwardedTransport.Udp;
                    break;
                case "tcp":
                    transport = ForwardedTransport.Tcp;
                    break;
                default:
                    return false;
            }

            parts = parts[1..];
        }

        if (parts.Length != 2 || !TryParsePort(parts[0], out int host) || !TryParsePort(parts[1], out int guest))
        {
            return false;
        }

        forward = new PortForward(transport, host, guest);
        return true;
    }

    /// <summary>Whether datagrams are led over.</summary>
    public bool LeadsDatagrams => Transport != ForwardedTransport.Tcp;

    /// <summary>Whether connections are.</summary>
    public bool LeadsConnections => Transport != ForwardedTransport.Udp;

    /// <summary>A port of the host that two forwards want for the same transport; null if there is none.</summary>
    public static int? FirstOverlap(IEnumerable<PortForward> forwards)
    {
        HashSet<(bool IsDatagram, int Port)> taken = [];
        foreach (PortForward forward in forwards)
        {
            if ((forward.LeadsDatagrams && !taken.Add((true, forward.HostPort))) || (forward.LeadsConnections && !taken.Add((false, forward.HostPort))))
            {
                return forward.HostPort;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string ports = string.Create(CultureInfo.InvariantCulture, $"{HostPort}:{GuestPort}");
        return Transport switch
        {
            ForwardedTransport.Udp => "udp:" + ports,
            ForwardedTransport.Tcp => "tcp:" + ports,
            _ => ports,
        };
    }

    private static bool TryParsePort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
}
