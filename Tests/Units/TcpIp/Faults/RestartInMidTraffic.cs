using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Faults;

public class RestartInMidTraffic
{
    private readonly StackWithAddress _rig = new();

    [Fact]
    public void NoDatagramIsMissedAndNoServerIsAsked()
    {
        // The host talks to us first, so that its station is known and saved.
        _rig.Host.SendUdp(_rig.Stack.Address, 5000, 7, [0xFF, 0xFF, 0xFF, 0xFF]);
        _rig.RunSeconds(2);
        _rig.Host.Datagrams.Clear();
        _rig.Forget();
        InterfaceConfiguration before = _rig.Stack.Interface.Configuration;
        int sent = 0;
        for (int crash = 0; crash < 100; crash++)
        {
            for (int millisecond = 0; millisecond < 20; millisecond++)
            {
                _rig.Host.SendUdp(_rig.Stack.Address, 5000, 7, BitConverter.GetBytes(sent++));
                _rig.RunMilliseconds(1);
            }

            _rig.Stack.Crash();
            Assert.Equal(before, _rig.Stack.Interface.Configuration);
        }

        _rig.RunMilliseconds(20);
        Assert.Equal(Enumerable.Range(0, sent), _rig.Host.Datagrams.Select(datagram => BitConverter.ToInt32(datagram.Data)));
        Assert.Empty(_rig.Server.Requests);
    }

    [Fact]
    public void TheLeaseIsRenewedOnceThereIsPeace()
    {
        _rig.Stack.Crash();
        _rig.RunSeconds(4);
        DhcpMessage request = Assert.Single(_rig.Server.Requests).Message;
        Assert.Equal((DhcpMessageType.Request, _rig.Stack.Address), (request.Type, request.ClientAddress));
        Assert.Equal(DhcpState.Bound, _rig.Stack.Interface.Dhcp.State);
    }

    [Fact]
    public void ALeaseThatTheServerForgotIsGivenUpThen()
    {
        _rig.Server.Refuses = true;
        _rig.Stack.Crash();
        _rig.RunSeconds(1);
        Assert.False(_rig.Stack.Address.IsNone);
        _rig.RunSeconds(3);
        Assert.True(_rig.Stack.Address.IsNone);
    }

    [Fact]
    public void TimesGoOnOverTheCrash()
    {
        DhcpLease before = _rig.Stack.Interface.Dhcp.Lease;
        _rig.Server.IsSilent = true;
        for (int crash = 0; crash < 36; crash++)
        {
            _rig.RunSeconds(100);
            _rig.Stack.Crash();
        }

        Assert.True(_rig.Network.Now > before.ExpiresAt);
        Assert.True(_rig.Stack.Address.IsNone);
    }

    [Fact]
    public void WhatWasSavedIsDistrustedBitByBit()
    {
        IStateStore store = _rig.Stack.Store.For("tcpip");
        byte[] good = new byte[4096];
        uint length = store.Load(StackMemory.LeaseKey, good).Value;
        Assert.Equal((uint)StackMemory.LeaseBytes, length);
        for (int bit = 0; bit < length * 8; bit++)
        {
            byte[] bad = good[..(int)length];
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            store.Save(StackMemory.LeaseKey, bad);
            _rig.Stack.Crash();
            Assert.True(_rig.Stack.Address.IsNone);
        }

        for (int cut = 0; cut < length; cut++)
        {
            store.Save(StackMemory.LeaseKey, good.AsSpan(0, cut));
            _rig.Stack.Crash();
            Assert.True(_rig.Stack.Address.IsNone);
        }

        store.Save(StackMemory.LeaseKey, good);
        _rig.Stack.Crash();
        Assert.True(_rig.Stack.Address.IsNone);
        store.Save(StackMemory.LeaseKey, good.AsSpan(0, (int)length));
        _rig.Stack.Crash();
        Assert.False(_rig.Stack.Address.IsNone);
    }

    [Fact]
    public void SavedNeighboursAreDistrustedToo()
    {
        _rig.Host.SendPing(_rig.Stack.Address, 1, [1]);
        _rig.RunSeconds(2);
        IStateStore store = _rig.Stack.Store.For("tcpip");
        byte[] good = new byte[4096];
        uint length = store.Load(StackMemory.NeighborsKey, good).Value;
        Random random = new(13);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bad = good[..random.Next((int)length + 1)];
            if (bad.Length != 0)
            {
                bad[random.Next(bad.Length)] ^= (byte)random.Next(1, 256);
            }

            store.Save(StackMemory.NeighborsKey, bad);
            _rig.Stack.Crash();
        }

        // Whatever was there, the host is found.
        _rig.Host.Messages.Clear();
        _rig.Host.SendPing(_rig.Stack.Address, 2, [1]);
        _rig.RunMilliseconds(20);
        Assert.Single(_rig.Host.Messages);
    }

    [Fact]
    public void TheLeaseOfAnotherStationIsNotUsed()
    {
        _rig.Stack.Station = new MacAddress(0x5634_1200_5499);
        _rig.Stack.Crash();
        Assert.True(_rig.Stack.Address.IsNone);
    }

    [Fact]
    public void ADriverThatDiesTakesNothingWithIt()
    {
        _rig.Host.SendPing(_rig.Stack.Address, 1, [1]);
        _rig.RunMilliseconds(20);
        _rig.Host.Messages.Clear();
        InterfaceConfiguration before = _rig.Stack.Interface.Configuration;
        _rig.Stack.Interface.Detach();
        Assert.False(_rig.Stack.Interface.TryPing(_rig.Host.Address, 7, _rig.Network.Now));
        _rig.RunSeconds(3);
        _rig.Stack.Plug();
        Assert.Equal(before, _rig.Stack.Interface.Configuration);
        _rig.Host.SendPing(_rig.Stack.Address, 2, [2]);
        _rig.RunMilliseconds(20);
        Assert.Single(_rig.Host.Messages);
    }

    [Fact]
    public void RestoringTwiceIsLikeRestoringOnce()
    {
        _rig.Stack.Crash();
        List<byte[]> first = [.. _rig.Network.Sent];
        _rig.Stack.Plug();
        _rig.Stack.Plug();
        Assert.Equal(first.Count, _rig.Network.Sent.Count);
    }
}
