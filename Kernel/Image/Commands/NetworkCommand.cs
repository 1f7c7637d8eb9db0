using System.Text;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>net</c>: the interface, and what passed through driver, shadow and stack.</summary>
internal sealed class NetworkCommand(DomainHost host, NetworkDeviceShadow networkDevice) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "net",
        Summary = "network interface: configuration and counters",
        Options = [CommandOption.Json],
        Details = "The counters of device and queues go on over restarts; those of the stack are of its instance.",
    };

    public int Run(ShellContext context)
    {
        (string Name, (string Name, object? Value)[] Values)[] groups =
            [("interface", DescribeInterface()), ("device", DescribeDevice()), ("queues", DescribeQueues()), ("stack", DescribeStack())];
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject();
            foreach ((string group, (string Name, object? Value)[] values) in groups)
            {
                json.Name(group).BeginObject();
                foreach ((string name, object? value) in values)
                {
                    json.Property(name, value);
                }

                json.EndObject();
            }

            context.Output.Write(json.EndObject() + "\n");
            return ExitCode.Success;
        }

        StringBuilder text = new();
        foreach ((string group, (string Name, object? Value)[] values) in groups)
        {
            Table table = new(new TableColumn(group.ToUpperInvariant(), group), new TableColumn(string.Empty, "value"));
            foreach ((string name, object? value) in values)
            {
                table.Add("  " + name, value);
            }

            text.Append(table.ToText());
        }

        context.Output.Write(text.ToString());
        return ExitCode.Success;
    }

    private (string Name, object? Value)[] DescribeInterface()
    {
        DeviceIdentity? device = networkDevice.Device;
        LinkState link = networkDevice.Link;
        InterfaceConfiguration configuration = default;
        bool isConfigured = (host.FindNetworkStack()?.GetConfiguration().TryGet(out configuration) ?? false)
            && configuration.Address != 0;
        return
        [
            ("hardwareAddress", device?.Address.ToString()),
            ("maximumTransmissionUnitBytes", device?.MaximumTransmissionUnitBytes),
            ("isLinkUp", device is null ? null : link.IsUp),
            ("megabitsPerSecond", device is null ? null : link.MegabitsPerSecond),
            ("address", isConfigured ? AddressText.Write(configuration.Address) : null),
            ("subnetMask", isConfigured ? AddressText.Write(configuration.SubnetMask) : null),
            ("gateway", isConfigured ? AddressText.Write(configuration.Gateway) : null),
            ("nameServer", isConfigured ? AddressText.Write(configuration.NameServer) : null),
            ("leaseSeconds", isConfigured && configuration.FromDhcp ? configuration.LeaseSeconds : null),
        ];
    }

    private (string Name, object? Value)[] DescribeDevice()
    {
        NetworkStatistics statistics = networkDevice.GetStatistics();
        return
        [
            ("framesReceived", statistics.FramesReceived),
            ("framesTransmitted", statistics.FramesTransmitted),
            ("bytesReceived", statistics.BytesReceived),
            ("bytesTransmitted", statistics.BytesTransmitted),
            ("receiveErrors", statistics.ReceiveErrors),
            ("receiveDropped", statistics.ReceiveDropped),
            ("transmitErrors", statistics.TransmitErrors),
            ("interrupts", statistics.Interrupts),
        ];
    }

    private (string Name, object? Value)[] DescribeQueues()
    {
        NetworkShadowStatistics statistics = networkDevice.GetShadowStatistics();
        return
        [
            ("transmitQueued", statistics.TransmitQueued),
            ("transmitInFlight", statistics.TransmitInFlight),
            ("transmitLost", statistics.TransmitLost),
            ("transmitDropped", statistics.TransmitDropped),
            ("receiveQueued", statistics.ReceiveQueued),
            ("receiveLost", statistics.ReceiveLost),
            ("receiveDropped", statistics.ReceiveDropped),
            ("driverInstances", statistics.DriverInstances),
            ("stackInstances", statistics.StackInstances),
        ];
    }

    private (string Name, object? Value)[] DescribeStack()
    {
        StackStatistics statistics = default;
        return host.FindNetworkStack()?.GetStatistics().TryGet(out statistics) ?? false
            ?
            [
                ("framesReceived", statistics.FramesReceived),
                ("framesTransmitted", statistics.FramesTransmitted),
                ("malformedFrames", statistics.MalformedFrames),
                ("arpReplies", statistics.ArpReplies),
                ("echoReplies", statistics.EchoReplies),
                ("datagramsReceived", statistics.DatagramsReceived),
                ("datagramsEchoed", statistics.DatagramsEchoed),
                ("checksumErrors", statistics.ChecksumErrors),
            ]
            : [];
    }
}
