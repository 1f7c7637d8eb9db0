using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Floods;
using NooksOS.Tool.Host;
using Xunit;

namespace NooksOS.Tests.Units.Tool;

public sealed class BrokenRequests
{
    [Fact]
    public void TheSameSeedMakesTheSameRequests()
    {
        RequestFuzzer one = new(7);
        RequestFuzzer other = new(7);
        RequestFuzzer third = new(8);

        byte[][] requests = [.. Enumerable.Range(0, 100).Select(_ => one.Next())];
        Assert.Equal(requests, Enumerable.Range(0, 100).Select(_ => other.Next()));
        Assert.NotEqual(requests, Enumerable.Range(0, 100).Select(_ => third.Next()));
    }

    // A client without a free port took each failure for an answer, and busied the processors with them, so that the link stood still.
    [Fact]
    public async Task OneThatDoesNotLeaveTheHostIsNotAnswered()
    {
        RequestFuzzLoad load = new(new IPEndPoint(IPAddress.Broadcast, 80), workers: 2);

        await Assert.ThrowsAsync<HostException>(() => load.RunAsync(new RequestFuzzer(1), 10, CancellationToken.None));
    }

    [Fact]
    public void NoneOrdersACrash()
    {
        RequestFuzzer fuzzer = new(1);

        Assert.All(
            Enumerable.Range(0, 5000).Select(_ => Encoding.Latin1.GetString(fuzzer.Next())),
            request => Assert.DoesNotContain("/api/crash", request, System.StringComparison.Ordinal));
    }
}
