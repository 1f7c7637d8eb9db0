using System.Globalization;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary><c>sockets</c>: listeners, connections and ports for datagrams, and what passed through their shadow.</summary>
internal sealed class SocketsCommand(SocketShadow sockets) : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "sockets",
        Summary = "sockets: who listens, who is connected",
        Options = [CommandOption.Json],
        Details = "A connection without an owner is closed and still sends what it has, or waits to be accepted.",
    };

    public int Run(ShellContext context)
    {
        Table table = new(
            new TableColumn("PROTOCOL", "protocol"),
            new TableColumn("LOCAL", "local"),
            new TableColumn("REMOTE", "remote"),
            new TableColumn("STATE", "state"),
            new TableColumn("OWNER", "owner"),
            new TableColumn("SEND", "sendQueue"),
            new TableColumn("RECEIVE", "receiveQueue"));
        foreach (SocketRow row in sockets.Describe())
        {
            table.Add(
                row.Protocol == SocketKind.Stream ? "tcp" : "udp",
                Write(row.LocalAddress, row.LocalPort),
                row.RemotePort == 0 ? null : Write(row.RemoteAddress, row.RemotePort),
                row.State,
                row.Owner.Length == 0 ? null : row.Owner,
                row.SendQueue,
                row.ReceiveQueue);
        }

        SocketStatistics statistics = sockets.GetStatistics();
        if (context.Json)
        {
            JsonWriter json = new();
            json.BeginObject()
                .Property("connections", statistics.Connections)
                .Property("opened", statistics.Opened)
                .Property("adopted", statistics.Adopted)
                .Property("violations", statistics.Violations)
                .Property("kicks", statistics.Kicks)
                .Property("signals", statistics.Signals)
                .Property("datagramsDropped", statistics.DatagramsDropped)
                .Name("sockets");
            table.WriteTo(json);
            context.Output.Write(json.EndObject() + "\n");
            return ExitCode.Success;
        }

        context.Output.Write(table.ToText());
        context.Output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Connections} connections, {statistics.Opened} opened, {statistics.Adopted} adopted, "));
        context.Output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{statistics.Violations} violated; {statistics.Kicks} kicks, {statistics.Signals} signals\n"));
        return ExitCode.Success;
    }

    private static string Write(uint address, ushort port)
        => string.Create(CultureInfo.InvariantCulture, $"{(address == 0 ? "*" : AddressText.Write(address))}:{port}");
}
