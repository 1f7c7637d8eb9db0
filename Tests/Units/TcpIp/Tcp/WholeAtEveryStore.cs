using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>
/// An instance dies between any two of its stores to the block of a connection, with all frames that it was about to send: both
/// applications get every octet once, and the end, and no error.
/// </summary>
public class WholeAtEveryStore
{
    private const int There = 3000;
    private const int Back = 2000;

    [Theory]
    [InlineData("the client ends first")]
    [InlineData("the server ends first")]
    [InlineData("both end at once")]
    [InlineData("the answer comes with the end")]
    [InlineData("a reader lets the window close")]
    [InlineData("both call each other")]
    [InlineData("each end is lost once")]
    public void AConnectionLivesAndEndsInGoodOrder(string course)
    {
        foreach (bool isClient in (bool[])[true, false])
        {
            bool isDone = true;
            for (int access = 1; isDone; access++)
            {
                int variants = 1;
                for (int variant = 0; variant < variants; variant++)
                {
                    TwoHosts hosts = new(seed: 1, connect: false);
                    StoreCuts cuts = StoreCuts.Arm(isClient ? hosts.Client : hosts.Server, access, variant);
                    string where = $"{course}, {(isClient ? "client" : "server")}, access {access}, variant {variant}";
                    Play(hosts, course, where);
                    isDone = cuts.IsDone;
                    variants = cuts.Variants;
                }
            }
        }
    }

    private static void Play(TwoHosts hosts, string course, string where)
    {
        bool areTwoClients = course == "both call each other";
        HashSet<Ipv4Address> lost = [];
        hosts.Link.Filter = course == "each end is lost once"
            ? packet => packet.Has(TcpFlags.Finish) && lost.Add(packet.Source)
            : null;
        TcpSocket local = hosts.Client.Connect(hosts.Server.Address, areTwoClients ? (ushort)5000 : TwoHosts.Port, areTwoClients ? (ushort)6000 : (ushort)0);
        TcpSocket? remote = areTwoClients ? hosts.Server.Connect(hosts.Client.Address, 6000, 5000) : null;
        byte[] there = TwoHosts.Bytes(course == "a reader lets the window close" ? 50_000 : There, 1);
        byte[] back = TwoHosts.Bytes(Back, 2);
        Application client = new(there, back.Length)
        {
            EndsFirst = course != "the server ends first",
            AnswersLate = false,
        };
        Application server = new(back, there.Length)
        {
            EndsFirst = course is "the server ends first" or "both end at once",
            AnswersLate = course == "the answer comes with the end",
            ReadsAfter = course == "a reader lets the window close" ? hosts.Link.Now + (3 * TcpLink.Second) : 0,
        };
        bool isOver = hosts.Link.RunUntil(
            () =>
            {
                bool isAccepted = remote is not null || hosts.Server.TryAccept(out remote!);
                client.Work(local, hosts.Link.Now);
                if (isAccepted)
                {
                    server.Work(remote!, hosts.Link.Now);
                }

                return local.IsClosed && remote is { IsClosed: true };
            },
            200 * TcpLink.Second);
        Assert.True(isOver, $"{where}: {local.State} {local.Error}, {remote?.State} {remote?.Error}");
        Assert.Equal((ConnectionError.None, ConnectionError.None, where), (local.Error, remote!.Error, where));
        Assert.True(back.AsSpan().SequenceEqual(client.Received.ToArray()), where);
        Assert.True(there.AsSpan().SequenceEqual(server.Received.ToArray()), where);
    }

    /// <summary>Sends what it has, reads everything, and ends: at once, or when the other one has.</summary>
    private sealed class Application(byte[] data, int expected)
    {
        private int _sent;
        private bool _hasEnded;

        public List<byte> Received { get; } = [];

        public bool EndsFirst { get; init; }

        public bool AnswersLate { get; init; }

        public long ReadsAfter { get; init; }

        public void Work(TcpSocket socket, long nowNanoseconds)
        {
            if (nowNanoseconds >= ReadsAfter && socket.State != ConnectionState.None)
            {
                Received.AddRange(socket.Receive());
            }

            if (_hasEnded || (AnswersLate && !socket.HasPeerFinished))
            {
                return;
            }

            _sent += _sent < data.Length ? socket.Send(data.AsSpan(_sent)) : 0;
            if (_sent == data.Length && (EndsFirst || (socket.HasPeerFinished && Received.Count == expected)))
            {
                _hasEnded = true;
                socket.Finish();
            }
        }
    }
}
