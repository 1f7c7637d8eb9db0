using System.Linq;
using System.Text;
using NooksOS.Tool.Floods;
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

    [Fact]
    public void NoneOrdersACrash()
    {
        RequestFuzzer fuzzer = new(1);

        Assert.All(
            Enumerable.Range(0, 5000).Select(_ => Encoding.Latin1.GetString(fuzzer.Next())),
            request => Assert.DoesNotContain("/api/crash", request, System.StringComparison.Ordinal));
    }
}
