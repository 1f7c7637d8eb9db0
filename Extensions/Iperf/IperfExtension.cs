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
        new Thread(() => Serve(services)) { IsBackground = true }.Start();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    /// <remarks>The kernel ends the wait for sockets, and with it the thread; the tracker takes the sockets back.</remarks>
    public CallResult Stop() => CallResult.Ok;

    private static void Serve(IExtensionServices services)
    {
        SocketLoop loop = new(services.Sockets);
        try
        {
            DatagramTests datagrams = new(loop, Port, () => services.MonotonicNanoseconds, services.Log);
            Task serving = Task.WhenAny(
                new StreamTests(loop, () => services.MonotonicNanoseconds, services.Log).ServeAsync(new IPEndPoint(IPAddress.Any, Port)),
                datagrams.ServeAsync()).Unwrap();

            // Either task ends only if it fails.
            while (!serving.IsCompleted && loop.RunOnce(WaitFor(datagrams.SendDue())))
            {
            }

            if (serving.IsCompleted)
            {
                serving.GetAwaiter().GetResult();
            }
        }
        catch (IOException exception)
        {
            services.Log(exception.Message);
        }
    }

    private static TimeSpan WaitFor(long nanoseconds)
        => nanoseconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
