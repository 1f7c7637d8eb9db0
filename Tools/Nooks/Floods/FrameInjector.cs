using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Links;

namespace NooksOS.Tool.Floods;

/// <summary>Sends frames to the guest at a steady rate.</summary>
public sealed class FrameInjector(LinkRelay relay, int framesPerSecond)
{
    /// <summary>Sends so many frames.</summary>
    public async Task RunAsync(IFrameSource source, int frames, CancellationToken cancellation)
    {
        byte[] buffer = new byte[TcpFrame.LongestBytes];
        Stopwatch clock = Stopwatch.StartNew();
        for (int sent = 0; sent < frames;)
        {
            int due = (int)Math.Min(frames, (framesPerSecond * clock.Elapsed.TotalSeconds) + 1);
            for (; sent < due; sent++)
            {
                int length = source.Write(buffer);
                relay.Inject(buffer.AsSpan(0, length));
            }

            await Task.Delay(1, cancellation);
        }
    }
}
