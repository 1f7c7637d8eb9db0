using System;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Transfers;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed partial class SilentServers
{
    private const int LengthBytes = 100_000;

    // On a link that loses packets the last word of a server that was crashed can be lost: a download waited for the rest for ever.
    [Fact]
    public async Task ARequestThatNobodyGoesOnAnsweringIsMadeAgain()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using CancellationTokenSource end = new();
        PatienceClock clock = new();
        Task server = ServeAsync(listener, clock, end.Token);
        using TransferClient client = new((IPEndPoint)listener.LocalEndpoint, time: clock);
        TransferSettings settings = new(LengthBytes, LengthBytes, [], CrashInterval: null);

        TransferCounts counts = await client.DownloadAsync(settings, new GapMeter(TimeSpan.FromSeconds(1)), CancellationToken.None);

        Assert.Equal((LengthBytes, 1, true), (counts.Bytes, counts.Broken, counts.IsIdentical));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server);
    }

    // The first request gets half of what it asks for, no end of the connection, and nothing more until patience ends.
    private static async Task ServeAsync(TcpListener listener, PatienceClock clock, CancellationToken cancellation)
    {
        for (int number = 0; ; number++)
        {
            TcpClient client = await listener.AcceptTcpClientAsync(cancellation);
            NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            int length = await stream.ReadAsync(request, cancellation);
            Match range = Range().Match(Encoding.ASCII.GetString(request, 0, length));
            int first = int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
            byte[] content = new byte[LengthBytes];
            RandomContent.Fill(0, content);
            string head = $"HTTP/1.1 206 Partial Content\r\nContent-Length: {LengthBytes - first}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
            await stream.WriteAsync(content.AsMemory(first, number == 0 ? LengthBytes / 2 : LengthBytes - first), cancellation);
            if (number == 0)
            {
                clock.Pass();
            }
        }
    }

    [GeneratedRegex("bytes=([0-9]+)-", RegexOptions.IgnoreCase)]
    private static partial Regex Range();
}
