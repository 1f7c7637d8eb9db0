using System.Threading;
using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Dashboard;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Extensions.KHttpd.Site;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Extensions.KHttpd;

/// <summary>The web server as an extension: the kernel's contracts on one side, <see cref="HttpServer"/> on the other.</summary>
public sealed class KHttpdExtension : IExtension
{
    private const ushort Port = 80;
    private const uint Backlog = 512;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        if (SocketTransport.TryListen(services.Sockets, Port, Backlog) is not { } transport)
        {
            services.Log($"cannot listen on port {Port}");
            return CallResult.Failure(CallStatus.Failed);
        }

        TurnClock clock = new(new SystemClock(services));
        long date = ContentDate.Restore(services.State, clock.UtcSeconds, out bool isRestart);
        MemoryFiles page = new(date);
        DashboardPage.AddTo(page);
        HttpServer? server = null;
        SystemSite site = new(
            [page, new RandomFiles(date)], services.SystemView, services.SystemControl, clock, () => ServerDescription.Write(server!));
        server = new HttpServer(transport, clock, site, new ServerLimits());
        new Thread(() => Serve(server, transport)) { IsBackground = true }.Start();
        if (!isRestart)
        {
            // That it listens again is no news, and a line on the console takes longer than the rest of a start.
            services.Log($"listening on port {Port}");
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    /// <remarks>The kernel ends the wait for sockets, and with it the thread; the tracker takes the sockets back.</remarks>
    public CallResult Stop() => CallResult.Ok;

    private static void Serve(HttpServer server, SocketTransport transport)
    {
        while (!transport.IsCancelled)
        {
            server.RunTurn();
        }
    }
}
