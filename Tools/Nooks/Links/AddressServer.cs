using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Links;

/// <summary>Gives the guest its address where no emulator does.</summary>
internal sealed class AddressServer : IAsyncDisposable
{
    private const int ServerPort = 67;
    private const int ClientPort = 68;

    private readonly CancellationTokenSource _end = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { EnableBroadcast = true };
    private readonly Task _running;

    /// <summary>Serves from now on.</summary>
    public AddressServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Any, ServerPort));
        _running = RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        byte[] message = new byte[ushort.MaxValue];
        byte[] answer = new byte[AddressLease.MaximumBytes];
        while (true)
        {
            int length = await _socket.ReceiveAsync(message, _end.Token);
            if (AddressLease.TryAnswer(message.AsSpan(0, length), answer))
            {
                // Everybody hears it: the one who asked may have no address yet.
                await _socket.SendToAsync(answer, new IPEndPoint(IPAddress.Broadcast, ClientPort), _end.Token);
            }
        }
    }
}
