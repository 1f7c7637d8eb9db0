using System;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Tests.Generator.Samples;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>A client in the extension half, through a gate, to a dispatcher in the kernel half, which trusts nothing.</summary>
public sealed unsafe class CallsIntoTheKernel
{
    private const ushort SampleContract = 41;
    private const uint Nothing = 0x2900;
    private const uint Values = Nothing + 1;
    private const uint IsOdd = Nothing + 2;
    private const uint Write = Nothing + 3;

    private readonly Loopback _loopback = new();
    private readonly SampleHost _service = new();
    private readonly ISampleHost _client;

    public CallsIntoTheKernel()
    {
        _loopback.Offer(SampleContract, _service);
        _client = _loopback.Client<ISampleHost>();
    }

    [Fact]
    public void ValuesArriveAndComeBack()
    {
        CallResult<Point> result = _client.Values(true, Color.Red, Options.Fast | Options.Quiet, new Handle<TrackedObjects.Timer>(7, 9), new Point(1, 2, 3));
        Assert.Equal(new Point(2, -2, 2), result.Value);
        Assert.Equal(["True Red Fast, Quiet 7.9 1,2,3"], _service.Calls);
        Assert.True(_client.IsOdd(3).Value);
        Assert.False(_client.IsOdd(4).Value);
    }

    [Fact]
    public void SpansTravelInwards()
    {
        Assert.True(_client.Write([1, 2, 3]).Succeeded);
        Assert.True(_client.Write([]).Succeeded);
        Assert.Equal(["1 2 3", ""], _service.Calls);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void SpansTravelBothWays(int length)
    {
        byte[] buffer = [.. Enumerable.Range(0, length).Select(index => (byte)index)];
        byte[] expected = [.. buffer.Reverse()];
        for (int round = 0; round < 20; round++)
        {
            Assert.Equal(12, _client.Mix(buffer, [new Point(0, 10, 0)], 2).Value);
            Assert.Equal(round % 2 == 0 ? expected : expected.Reverse(), buffer);
        }
    }

    [Theory]
    [InlineData(0u, new uint[] { 9, 9, 9 })]
    [InlineData(2u, new uint[] { 1, 2, 9 })]
    [InlineData(3u, new uint[] { 1, 2, 3 })]
    [InlineData(4u, new uint[] { 1, 2, 3 })]
    public void OfAnOutputOnlyWhatWasWrittenComesBack(uint until, uint[] expected)
    {
        // The buffer in between was used before, for others.
        Assert.True(_client.Write([7, 7, 7]).Succeeded);
        uint[] numbers = [9, 9, 9];
        Assert.Equal(until, _client.Count(numbers, until).Value);
        Assert.Equal(expected, numbers);
    }

    [Fact]
    public void ACallInACallHasABufferOfItsOwn()
    {
        byte[] inner = [7, 8];
        _service.Answer = () => CallResult.Failure(_client.Mix(inner, [], 0).Status);
        byte[] outer = [1, 2];
        _client.Mix(outer, [], 0);
        _client.Nothing();
        Assert.Equal(new byte[] { 2, 1 }, outer);
        Assert.Equal(new byte[] { 8, 7 }, inner);
    }

    [Theory]
    [InlineData(CallStatus.BadHandle, FaultKind.BadHandle)]
    [InlineData(CallStatus.BadParameter, FaultKind.BadParameter)]
    [InlineData(CallStatus.QuotaExceeded, FaultKind.QuotaExceeded)]
    public void MisuseThatOnlyTheServiceSeesIsAFault(CallStatus status, FaultKind kind)
    {
        _service.Answer = () => CallResult.Failure(status);
        Assert.Equal(status, _client.Nothing().Status);
        Assert.Equal([(kind, "ISampleHost.Nothing")], _loopback.Faults);
    }

    [Theory]
    [InlineData(CallStatus.NotFound)]
    [InlineData(CallStatus.Busy)]
    [InlineData(CallStatus.TimedOut)]
    [InlineData(CallStatus.Cancelled)]
    [InlineData(CallStatus.Failed)]
    public void AnOrdinaryRefusalIsNoFault(CallStatus status)
    {
        _service.Answer = () => CallResult.Failure(status);
        Assert.Equal(status, _client.Nothing().Status);
        Assert.Empty(_loopback.Faults);
    }

    [Fact]
    public void ASpanThatIsTooLongIsAFault()
    {
        Assert.Equal(CallStatus.BadParameter, _client.Write(new uint[101]).Status);
        Assert.Equal([(FaultKind.BadParameter, "ISampleHost.Write: length of numbers")], _loopback.Faults);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public void ASpanOutsideTheCallersMemoryIsAFault()
    {
        Assert.Equal(CallStatus.BadParameter, _client.Write(new ReadOnlySpan<uint>((void*)0x1000, 4)).Status);
        Assert.Equal([(FaultKind.BadParameter, "ISampleHost.Write: numbers")], _loopback.Faults);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public void AnEnumerationThatTheContractDoesNotKnowIsAFault()
    {
        Handle<TrackedObjects.Timer> timer = default;
        Assert.Equal(CallStatus.BadParameter, _client.Values(true, (Color)3, Options.None, timer, default).Status);
        Assert.Equal(CallStatus.BadParameter, _client.Values(true, Color.Red, (Options)2, timer, default).Status);
        Assert.Equal(
            [(FaultKind.BadParameter, "ISampleHost.Values: color"), (FaultKind.BadParameter, "ISampleHost.Values: options")],
            _loopback.Faults);
        Assert.Empty(_service.Calls);
    }

    [Theory]
    [InlineData(Values, "ISampleHost.Values: arguments")]
    [InlineData(Write, "ISampleHost.Write: arguments")]
    [InlineData(IsOdd, "ISampleHost.IsOdd: arguments")]
    public void ArgumentsOutsideTheCallersMemoryAreAFault(uint service, string what)
    {
        Assert.Equal(CallStatus.BadParameter, _loopback.CallRaw(service, null));
        Assert.Equal([(FaultKind.BadParameter, what)], _loopback.Faults);
    }

    [Theory]
    [InlineData(0x2906)]
    [InlineData(0x29FF)]
    [InlineData(0x0000)]
    [InlineData(0x2A00)]
    [InlineData(uint.MaxValue)]
    [InlineData(0x0200)]
    public void AServiceThatDoesNotExistIsAFault(uint service)
    {
        Assert.Equal(CallStatus.BadParameter, _loopback.CallRaw(service, null));
        Assert.Equal([(FaultKind.BadParameter, "a service that does not exist")], _loopback.Faults);
    }

    [Fact]
    public void AServiceThatIsNotOfferedToTheCallerIsNotSupported()
    {
        Assert.Equal(CallStatus.NotSupported, _loopback.Client<IStateStore>().Remove(1).Status);
        Assert.Empty(_loopback.Faults);
    }

    [Fact]
    public void ATruthValueFromTheCallerMayBeAnyByte()
    {
        // The layout of the arguments: result (24 bytes), flag, color, options, timer, point.
        byte* arguments = stackalloc byte[64];
        new Span<byte>(arguments, 64).Clear();
        arguments[24] = 0x80;
        arguments[25] = (byte)Color.Red;
        Assert.Equal(CallStatus.Ok, _loopback.CallRaw(Values, arguments));
        Assert.StartsWith("True Red", _service.Calls[0]);
    }

    [Fact]
    public void ADefectOfTheServiceIsNoFaultOfTheCaller()
    {
        _service.Answer = () => throw new DivideByZeroException();
        Assert.Equal(CallStatus.Failed, _client.Nothing().Status);
        Assert.IsType<DivideByZeroException>(Assert.Single(_loopback.Defects));
        Assert.Empty(_loopback.Faults);
    }

    [Fact]
    public void CallsAreCounted()
    {
        _client.Nothing();
        _client.Write([1]);
        _client.Write([1]);
        Assert.Equal([1ul, 0, 0, 2, 0], Enumerable.Range(0, 5).Select(method => _loopback.CountCalls(SampleContract, method)));
    }
}
