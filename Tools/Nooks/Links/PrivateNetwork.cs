using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Links;

/// <summary>
/// A network of two: the guest, and the host's own kernel behind a tap device. It lies in a network namespace, which any user may make
/// and which this program is started in once more; nothing of the host's own network is touched.
/// </summary>
public sealed class PrivateNetwork : IAsyncDisposable
{
    /// <summary>The tap device.</summary>
    public const string DeviceName = "nooks0";

    // A client that connects again and again must not run out of ports: all that are free may be used, and one whose connection is over may
    // be used again after a second and not only after a minute, since both sides have timestamps (RFC 6191).
    private static readonly (string File, string Value)[] s_settings =
    [
        ("/proc/sys/net/ipv4/ip_local_port_range", "1024 65535"),
        ("/proc/sys/net/ipv4/tcp_tw_reuse", "1"),
    ];

    // Tells this program that it has been started once more.
    private const string Mark = "NOOKS_PRIVATE_NETWORK";

    private readonly AddressServer _addresses;

    private PrivateNetwork(AddressServer addresses)
    {
        _addresses = addresses;
    }

    /// <summary>Whether this process is in the namespace.</summary>
    public static bool IsInside => Environment.GetEnvironmentVariable(Mark) is not null;

    /// <summary>Does what this process was told to do in a namespace. Returns the exit code.</summary>
    public static Task<int> RunInsideAsync(CancellationToken cancellation)
    {
        string[] words = Environment.GetCommandLineArgs();

        // Who enters a namespace of users is no longer told of its parent's end, and must ask again.
        IEnumerable<string> inside = BoundProcess.Command(Environment.ProcessId, "env", [$"{Mark}=1", Environment.ProcessPath!, .. words]);
        return BoundProcess.RunOnTerminalAsync("unshare", ["--user", "--map-root-user", "--net", .. inside], cancellation);
    }

    /// <summary>Makes the network, in which the guest is given its address.</summary>
    /// <exception cref="HostException">The host does not let this user.</exception>
    public static async Task<PrivateNetwork> OpenAsync(CancellationToken cancellation)
    {
        string hardware = string.Join(':', UserNetwork.GatewayHardwareAddress.ToArray().Select(value => $"{value:x2}"));
        string gateway = UserNetwork.ToAddress(UserNetwork.GatewayAddress).ToString();
        string[] commands =
        [
            "link set lo up",
            $"tuntap add dev {DeviceName} mode tap",
            $"link set {DeviceName} address {hardware}",
            $"link set {DeviceName} addrgenmode none",
            $"address add {gateway}/24 dev {DeviceName}",
            $"link set {DeviceName} up",
            $"route add default dev {DeviceName}",
        ];
        foreach (string command in commands)
        {
            ProcessResult result = await ChildProcess.RunAsync("ip", command.Split(' '), cancellation: cancellation);
            if (result.ExitStatus != 0)
            {
                throw new HostException($"the host allows no network of our own: ip {command}: {result.Errors.Trim()}");
            }
        }

        await SetAsync(cancellation);
        return new PrivateNetwork(new AddressServer());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _addresses.DisposeAsync();

        // Another machine of this program may need one of that name. If it cannot be removed it goes with the namespace.
        await ChildProcess.RunAsync("ip", ["link", "delete", DeviceName]);
    }

    private static async Task SetAsync(CancellationToken cancellation)
    {
        foreach ((string file, string value) in s_settings)
        {
            try
            {
                await File.WriteAllTextAsync(file, value, cancellation);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new HostException($"the host allows no network of our own: {file} cannot be set to {value}: {failure.Message}");
            }
        }
    }
}
