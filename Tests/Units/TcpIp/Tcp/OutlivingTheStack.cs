using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>An instance is thrown away, at any moment and in the middle of anything; the byte streams do not notice.</summary>
public class OutlivingTheStack
{
    [Theory]
    [InlineData(true, false, 0.0)]
    [InlineData(false, true, 0.0)]
    [InlineData(true, true, 0.0)]
    [InlineData(true, true, 0.03)]
    public void ByteStreamsAreWhole(bool clientDies, bool serverDies, double badness)
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            TwoHosts hosts = new(seed);
            hosts.Link.Loss = hosts.Link.Duplication = hosts.Link.Reordering = badness;
            List<byte> received = [];
            List<byte> returned = [];
            byte[] there = TwoHosts.Bytes(600_000, seed);
            byte[] back = TwoHosts.Bytes(600_000, seed + 1);
            int sent = 0;
            int sentBack = 0;
            bool arrived = hosts.Link.RunUntil(
                () =>
                {
                    sent += sent < there.Length ? hosts.Local.Send(there.AsSpan(sent)) : 0;
                    sentBack += sentBack < back.Length ? hosts.Remote.Send(back.AsSpan(sentBack)) : 0;
                    received.AddRange(hosts.Remote.Receive(random.Next(20_000)));
                    returned.AddRange(hosts.Local.Receive(random.Next(20_000)));
                    MayKill(hosts.Client, clientDies, random);
                    MayKill(hosts.Server, serverDies, random);
                    return received.Count >= there.Length && returned.Count >= back.Length;
                },
                1000 * TcpLink.Second);
            Assert.True(arrived, $"seed {seed}: {received.Count} there, {returned.Count} back");
            Assert.Equal(there.AsSpan(), CollectionsMarshal.AsSpan(received));
            Assert.Equal(back.AsSpan(), CollectionsMarshal.AsSpan(returned));
            Assert.True(hosts.RanWithoutReset(), $"seed {seed}");
            Assert.True(hosts.Client.Crashes + hosts.Server.Crashes > 3, $"seed {seed}");
        }
    }

    [Fact]
    public void SoAreConnectionsInTheMakingAndInTheEnding()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            Random random = new(seed);
            TwoHosts hosts = new(seed, connect: false);
            for (int round = 0; round < 20; round++)
            {
                hosts.Client.KillAfter(random.Next(1, 40));
                hosts.Server.KillAfter(random.Next(1, 40));
                TcpSocket local = hosts.Client.Connect(hosts.Server.Address, TwoHosts.Port);
                local.Send([1, 2, 3]);
                local.Finish();
                TcpSocket remote = null!;
                Assert.True(hosts.Link.RunUntil(() => hosts.Server.TryAccept(out remote)), $"seed {seed}, round {round}");
                Assert.True(hosts.Link.RunUntil(() => remote.Readable == 3 && remote.HasPeerFinished), $"seed {seed}, round {round}");
                Assert.Equal([1, 2, 3], remote.Receive());
                remote.Close();
                Assert.True(hosts.Link.RunUntil(() => local.IsClosed && remote.IsClosed, 100 * TcpLink.Second));
                Assert.Equal(ConnectionError.None, local.Error);
                Assert.Equal(ConnectionError.None, remote.Error);
                hosts.Client.Memory.Free(local.Block);
                hosts.Server.Memory.Free(remote.Block);
            }
        }
    }

    // At each access to a block, of a handshake and of what follows it: nothing of a connection that is only being made lies anywhere else.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NoConnectionIsRefusedBecauseAnInstanceDiedInTheHandshake(bool clientDies)
    {
        bool died = true;
        for (int accesses = 1; died; accesses++)
        {
            TwoHosts hosts = new(accesses, connect: false);
            TcpHost mortal = clientDies ? hosts.Client : hosts.Server;
            mortal.KillAfter(accesses);
            ConnectAndTalk(hosts);
            died = mortal.Crashes == 1;
            Assert.True(died || accesses > 10);
        }
    }

    // Whatever is on its way then: the SYN, its answer, the confirmation. Of what was lost the peer says its own part again.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NorBecauseItDiedBetweenTwoSegmentsOfIt(bool clientDies)
    {
        bool died = true;
        for (int segments = 1; died; segments++)
        {
            TwoHosts hosts = new(segments, connect: false);
            TcpHost mortal = clientDies ? hosts.Client : hosts.Server;
            died = false;
            hosts.Link.Filter = _ =>
            {
                // What is sent at this moment does not arrive either.
                bool dies = !died && hosts.Link.Sent.Count >= segments;
                died |= dies;
                return dies;
            };
            mortal.Applications.Add(_ =>
            {
                if (died && mortal.Crashes == 0)
                {
                    mortal.Crash();
                }
            });
            ConnectAndTalk(hosts);
            Assert.True(died || segments > 3);
        }
    }

    [Fact]
    public void WhatDiedWithTheInstanceComesAtOnceFromAPeerThatCountsDuplicates()
    {
        // Segments that die with the instance are not waited for by a timer, of a peer like BSD's without selective acknowledgments.
        TwoHosts hosts = new();
        ConnectionBlock block = hosts.Local.Bytes;
        block.Transport.Features &= ~ConnectionFeatures.SelectiveAcknowledgement;
        block.Commit();
        hosts.Client.Crash();
        Assert.InRange(RecoverFlight(hosts, hosts.Server), 0, 100 * TcpLink.Millisecond);
    }

    [Fact]
    public void WhatDiedWithTheInstanceIsSentAgainAtOnce()
    {
        TwoHosts hosts = new();
        Assert.InRange(RecoverFlight(hosts, hosts.Client), 0, 20 * TcpLink.Millisecond);
    }

    [Fact]
    public void ADamagedBlockEndsOneConnectionOnly()
    {
        TwoHosts hosts = new();
        (TcpSocket otherLocal, TcpSocket otherRemote) = hosts.Connect();
        hosts.Remote.Bytes.Transport.InitialSendSequence++;
        hosts.Server.Crash();
        Assert.Equal(ConnectionState.Closed, hosts.Remote.State);
        Assert.Equal(ConnectionError.Damaged, hosts.Remote.Error);
        hosts.Transfer(otherLocal, otherRemote, TwoHosts.Bytes(1000));
    }

    private static void ConnectAndTalk(TwoHosts hosts)
    {
        TcpSocket local = hosts.Client.Connect(hosts.Server.Address, TwoHosts.Port);
        local.Send([1, 2, 3]);
        TcpSocket? remote = null;
        Assert.True(hosts.Link.RunUntil(() => remote is not null || hosts.Server.TryAccept(out remote!)));
        Assert.True(hosts.Link.RunUntil(() => remote!.Readable == 3));
        remote!.Send([4]);
        Assert.True(hosts.Link.RunUntil(() => local.Readable == 1));
        Assert.Equal([1, 2, 3], remote.Receive());
        Assert.Equal([4], local.Receive());
        Assert.True(hosts.RanWithoutReset());
    }

    /// <summary>Loses a flight on its way together with one of the two instances. Returns how long it takes until it has arrived.</summary>
    private static long RecoverFlight(TwoHosts hosts, TcpHost crashed)
    {
        hosts.Transfer(hosts.Local, hosts.Remote, TwoHosts.Bytes(100_000));
        Assert.True(hosts.Link.RunUntil(() => hosts.Local.Unacknowledged == 0));
        hosts.Local.Send(TwoHosts.Bytes(30_000));
        hosts.Link.Filter = _ => true;
        hosts.Link.Run(3 * TcpLink.Millisecond);
        hosts.Link.Filter = null;
        crashed.Crash();
        long before = hosts.Link.Now;
        Assert.True(hosts.Link.RunUntil(() => hosts.Remote.Readable == 30_000));
        return hosts.Link.Now - before;
    }

    private static void MayKill(TcpHost host, bool isMortal, Random random)
    {
        if (isMortal && random.Next(10) == 0)
        {
            host.KillAfter(random.Next(1, 200));
        }
    }
}
