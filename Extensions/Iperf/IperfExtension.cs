using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.Extensions.Iperf;
using NooksOS.Sockets;

[assembly: Extension(typeof(IperfExtension))]

namespace NooksOS.Extensions.Iperf;

/// <summary>A server for iperf 2 on port 5001, TCP and UDP in both directions: what a network can carry, measured by a real peer.</summary>
public sealed class IperfExtension : IExtension
{
    private const ushort Port = 5001;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        Run(services, () => ServeStreams(services));
        Run(services, () => ServeDatagrams(services));
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    /// <remarks>The kernel ends all waits for sockets, and with them the threads; the tracker takes the sockets back.</remarks>
    public CallResult Stop() => CallResult.Ok;

    private static void Run(IExtensionServices services, Action serve) => new Thread(() =>
    {
        try
        {
            serve();
        }
        catch (SocketException exception) when (exception.Status == CallStatus.Cancelled)
        {
            // The extension is being stopped.
        }
        catch (IOException exception)
        {
            services.Log(exception.Message);
        }
    }) { IsBackground = true }.Start();

    private static void ServeStreams(IExtensionServices services)
        => new StreamTests(services.Sockets, () => services.MonotonicNanoseconds, services.Log).Serve(new IPEndPoint(IPAddress.Any, Port));

    private static void ServeDatagrams(IExtensionServices services)
    {
        SocketLoop loop = new(services.Sockets);
        DatagramTests datagrams = new(loop, Port, () => services.MonotonicNanoseconds, services.Log);
        Task serving = datagrams.ServeAsync();

        // It ends only if it fails.
        while (!serving.IsCompleted && loop.RunOnce(WaitFor(datagrams.SendDue())))
        {
        }

        if (serving.IsCompleted)
        {
            serving.GetAwaiter().GetResult();
        }
    }

    private static TimeSpan WaitFor(long nanoseconds)
        => nanoseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
