using System;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Options;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class RelayedFrames : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(20));

    [Fact]
    public async Task FramesPassInBothDirectionsAndOthersCanBeAdded()
    {
        await using LinkRelay relay = LinkRelay.For(new BootOptions { InjectsFrames = true }, _folder)!;
        using Socket toGuestIn = await ConnectAsync(relay.Sockets.ToGuest.LeavingSocket);
        using Socket toGuestOut = await ConnectAsync(relay.Sockets.ToGuest.ReturningSocket);
        using Socket fromGuestIn = await ConnectAsync(relay.Sockets.FromGuest.LeavingSocket);
        using Socket fromGuestOut = await ConnectAsync(relay.Sockets.FromGuest.ReturningSocket);

        await toGuestIn.SendAsync(new byte[] { 0, 0, 0, 2, 5, 6 }, _deadline.Token);
        await AssertReceivedAsync(toGuestOut, [0, 0, 0, 2, 5, 6]);
        relay.Inject([7]);
        await AssertReceivedAsync(toGuestOut, [0, 0, 0, 1, 7]);

        relay.FilterFromGuest(new TakesFramesOf(9));
        await fromGuestIn.SendAsync(new byte[] { 0, 0, 0, 1, 9, 0, 0, 0, 1, 8 }, _deadline.Token);
        await AssertReceivedAsync(fromGuestOut, [0, 0, 0, 1, 8]);
        Assert.Equal((1, 1), (relay.ToGuestCounts.Entered, relay.FromGuestCounts.Entered));
    }

    [Fact]
    public async Task AFrameThatWasHeldArrivesThoughNoOtherFollows()
    {
        BootOptions options = new() { Link = new LinkQuality { ReorderPercent = 100 } };
        await using LinkRelay relay = LinkRelay.For(options, _folder)!;
        using Socket input = await ConnectAsync(relay.Sockets.ToGuest.LeavingSocket);
        using Socket output = await ConnectAsync(relay.Sockets.ToGuest.ReturningSocket);
        await input.SendAsync(new byte[] { 0, 0, 0, 1, 3 }, _deadline.Token);
        await AssertReceivedAsync(output, [0, 0, 0, 1, 3]);
    }

    // The relay shared its threads with clients that failed again and again. The link stood still for seconds, and the guest replaced the
    // driver of its network card, from which it had heard nothing.
    [Fact]
    public async Task FramesPassWhileTheThreadsOfThePoolAreBusy()
    {
        await using LinkRelay relay = LinkRelay.For(new BootOptions { InjectsFrames = true }, _folder)!;
        using Socket input = Connect(relay.Sockets.ToGuest.LeavingSocket);
        using Socket output = Connect(relay.Sockets.ToGuest.ReturningSocket);
        byte[] received = new byte[5];
        input.Send([0, 0, 0, 1, 1]);
        Assert.Equal((5, 1), (output.Receive(received), received[4]));

        using ManualResetEventSlim end = new();
        Task[] busy = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(end.Wait))];
        try
        {
            input.Send([0, 0, 0, 1, 2]);
            Assert.Equal((5, 2), (output.Receive(received), received[4]));
        }
        finally
        {
            end.Set();
            await Task.WhenAll(busy);
        }
    }

    [Fact]
    public void WithoutNeedThereIsNoRelay()
    {
        Assert.Null(LinkRelay.For(new BootOptions(), _folder));
        Assert.Null(LinkRelay.For(new BootOptions { Nic = NicModels.None, Link = new LinkQuality { LossPercent = 1 } }, _folder));
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _folder.Dispose();
    }

    // Never used asynchronously, so that its calls need no thread of the pool either.
    private static Socket Connect(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 20_000 };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private async Task<Socket> ConnectAsync(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), _deadline.Token);
        return socket;
    }

    private async Task AssertReceivedAsync(Socket socket, byte[] expected)
    {
        byte[] received = new byte[expected.Length];
        for (int length = 0; length < received.Length;)
        {
            int count = await socket.ReceiveAsync(received.AsMemory(length), _deadline.Token);
            Assert.NotEqual(0, count);
            length += count;
        }

        Assert.Equal(expected, received);
    }

    private sealed class TakesFramesOf(byte first) : IFrameFilter
    {
        public bool Takes(ReadOnlySpan<byte> frame) => frame[0] == first;
    }
}
