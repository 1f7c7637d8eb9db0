using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Sockets;
using Xunit;

namespace NooksOS.Tests.Units.Sockets;

public sealed class TheSocketLoop
{
    private readonly SocketRig _rig = new(blockLimit: 512);
    private readonly SocketLoop _loop;

    public TheSocketLoop() => _loop = new SocketLoop(_rig.Sockets);

    [Fact]
    public void OneThreadServesManyConnections()
    {
        const int Connections = 200;
        Task serving = ServeAsync();
        _rig.Push();
        Turn();
        List<uint> blocks = [];
        for (ushort port = 1; port <= Connections; port++)
        {
            blocks.Add(_rig.Stack.Connect(7, port));
            if (port % 50 == 0)
            {
                Turn();
            }
        }

        for (int round = 0; round < 3; round++)
        {
            foreach (uint block in blocks)
            {
                _rig.Stack.Arrive(block, [(byte)block, (byte)round]);
            }

            Turn();
            Assert.All(blocks, block => Assert.Equal([(byte)block, (byte)round], _rig.Stack.Take(block)));
        }

        Assert.Equal(Connections + 1, _loop.Count);
        blocks.ForEach(_rig.Stack.End);
        Turn();
        blocks.ForEach(block => _rig.Stack.Commit(block, ConnectionState.Closed));
        Assert.Equal(1, _loop.Count);
        Assert.Equal(0, _rig.Blocks.Taken);
        Assert.False(serving.IsCompleted);
    }

    [Fact]
    public void AFullRingIsWaitedFor()
    {
        using AsyncSocket socket = Connected(out uint block);
        Task sending = socket.SendAsync(new byte[100_000]).AsTask();
        int taken = 0;
        while (!sending.IsCompleted)
        {
            taken += _rig.Stack.Take(block).Length;
            Turn();
        }

        Assert.True(sending.IsCompletedSuccessfully);
        Assert.Equal(100_000, taken + _rig.Stack.Take(block).Length);
    }

    [Fact]
    public void ABrokenConnectionEndsTheWait()
    {
        using AsyncSocket socket = Connected(out uint block);
        Task<int> receiving = socket.ReceiveAsync(new byte[1]).AsTask();
        _rig.Stack.Commit(block, ConnectionState.Closed, ConnectionError.Reset);
        Turn();
        SocketException exception = Assert.IsType<SocketException>(receiving.Exception!.InnerException);
        Assert.Equal(CallStatus.ConnectionReset, exception.Status);
    }

    [Fact]
    public void ARefusedConnectionEndsTheWait()
    {
        using AsyncSocket socket = new(_loop, SocketKind.Stream);
        Task connecting = socket.ConnectAsync(new IPEndPoint(new IPAddress(1), 80)).AsTask();
        _rig.Push();
        _rig.Stack.Commit(0, ConnectionState.Closed, ConnectionError.Refused);
        Turn();
        Assert.Equal(
            CallStatus.ConnectionRefused, Assert.IsType<SocketException>(connecting.Exception!.InnerException).Status);
    }

    [Fact]
    public void ClosingEndsTheWait()
    {
        AsyncSocket socket = Connected(out _);
        Task<int> receiving = socket.ReceiveAsync(new byte[1]).AsTask();
        socket.Close();
        Assert.IsType<SocketException>(receiving.Exception!.InnerException);
        Assert.IsType<ObjectDisposedException>(socket.ReceiveAsync(new byte[1]).AsTask().Exception!.InnerException);
        Assert.Equal(0, _loop.Count);
    }

    [Fact]
    public void TwoWaitsInOneDirectionAreAMistake()
    {
        using AsyncSocket socket = Connected(out _);
        _ = socket.ReceiveAsync(new byte[1]).AsTask();
        Assert.IsType<InvalidOperationException>(socket.ReceiveAsync(new byte[1]).AsTask().Exception!.InnerException);
    }

    [Fact]
    public async Task DatagramsAreAwaited()
    {
        using UdpClient client = new(_loop, 53);
        byte[] buffer = new byte[16];
        Task<UdpReceiveResult> receiving = client.ReceiveAsync(buffer).AsTask();
        byte[] batch = new byte[64];
        int used = 0;
        DatagramBatch.TryAppend(
            batch, ref used, new Datagram { LocalPort = 53, RemoteAddress = 9, RemotePort = 1000, Payload = "answer"u8 });
        _rig.Stack.Host.ReceiveDatagrams(batch.AsSpan(0, used));
        Turn();
        Assert.Equal(6, (await receiving).LengthBytes);
    }

    [Fact]
    public void TheLoopEndsWithItsOwner()
    {
        _rig.IsStopping = true;
        _loop.Run();
    }

    [Fact]
    public async Task TheLoopEndsWhenItIsTold()
    {
        using AsyncSocket socket = Connected(out uint block);
        Task<int> receiving = StopAfterAsync(socket);
        _rig.Stack.Arrive(block, "x"u8);
        _loop.Run();
        Assert.Equal(1, await receiving);
    }

    private async Task<int> StopAfterAsync(AsyncSocket socket)
    {
        int received = await socket.ReceiveAsync(new byte[4]);
        _loop.Stop();
        return received;
    }

    private async Task ServeAsync()
    {
        using TcpListener listener = new(_loop, new IPEndPoint(IPAddress.Any, 7));
        listener.Start(1000);
        while (true)
        {
            _ = EchoAsync(await listener.AcceptTcpClientAsync());
        }
    }

    private static async Task EchoAsync(TcpClient client)
    {
        using NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[256];
        while (await stream.ReadAsync(buffer) is int length && length != 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, length));
        }
    }

    private AsyncSocket Connected(out uint block)
    {
        AsyncSocket socket = new(_loop, SocketKind.Stream);
        Task connecting = socket.ConnectAsync(new IPEndPoint(new IPAddress(1), 80)).AsTask();
        _rig.Push();
        block = _rig.Stack.Kicked[^1];
        _rig.Stack.Commit(block, ConnectionState.Established);
        Turn();
        Assert.True(connecting.IsCompletedSuccessfully);
        return socket;
    }

    // Everything that is ready now.
    private void Turn()
    {
        for (int turn = 0; turn < 20; turn++)
        {
            _loop.RunOnce(TimeSpan.Zero);
        }
    }
}
