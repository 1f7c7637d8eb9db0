using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp;

/// <summary>The kernel's side of sockets: remembers what it is told, and has no room for connections.</summary>
internal sealed class FakeTransportHost : ITransportHost
{
    public List<(uint Query, uint Address, CallStatus Outcome)> Answers { get; } = [];

    public List<(ushort LocalPort, ushort RemotePort, byte[] Data)> Datagrams { get; } = [];

    public CallResult<ConnectionMemoryDescription> Register() => throw new NotSupportedException();

    public CallResult<AcceptedConnection> AcceptConnection(ushort localPort, uint remoteAddress, ushort remotePort)
        => CallResult<AcceptedConnection>.Failure(CallStatus.OutOfResources);

    public CallResult Signal(ReadOnlySpan<uint> blocks) => CallResult.Ok;

    public CallResult<uint> ReceiveDatagrams(ReadOnlySpan<byte> batch)
    {
        uint count = 0;
        while (DatagramBatch.TryRead(ref batch, out Datagram datagram))
        {
            Datagrams.Add((datagram.LocalPort, datagram.RemotePort, datagram.Payload.ToArray()));
            count++;
        }

        return CallResult<uint>.Ok(count);
    }

    public CallResult Resolved(uint query, uint address, CallStatus outcome)
    {
        Answers.Add((query, address, outcome));
        return CallResult.Ok;
    }
}
