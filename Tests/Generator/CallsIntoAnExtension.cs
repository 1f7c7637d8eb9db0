using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using NooksOS.Contracts;
using NooksOS.Tests.Generator.Samples;
using NooksOS.Tests.Generator.Support;
using Xunit;

namespace NooksOS.Tests.Generator;

/// <summary>A proxy in the kernel half, through a gate, to a stub in the extension half.</summary>
public sealed unsafe class CallsIntoAnExtension
{
    private const ushort SampleContract = 40;

    private readonly Loopback _loopback = new();
    private readonly SampleExtension _extension = new();
    private readonly List<string> _calls = [];
    private readonly ISampleDevice _device;

    public CallsIntoAnExtension()
    {
        _extension.OnCall = _calls.Add;
        Assert.Equal(CallStatus.Ok, _loopback.Run(_extension));
        _device = _loopback.Proxy<ISampleDevice>();
    }

    [Fact]
    public void EveryContractThatTheClassImplementsIsPublished()
    {
        Assert.Equal([2, SampleContract], _loopback.Runtime.Published.Keys.Select(key => (int)key).Order());
        Assert.Equal(3, _loopback.Runtime.Versions[SampleContract]);
        Assert.Equal(8, _loopback.Runtime.Published[SampleContract].Distinct().Count());
    }

    [Fact]
    public void ValuesArriveAndComeBack()
    {
        CallResult<Point> result = _device.Values(true, -5, Color.Green, new Handle<TrackedObjects.Timer>(7, 9), 0.5, new Point(1, 1L << 40, -3));
        Assert.Equal(new Point(2, -(1L << 40), -4), result.Value);
        Assert.Equal(["True -5 Green 7.9 0.5 1,1099511627776,-3"], _calls);
        Assert.True(_device.IsOdd(3).Value);
        Assert.False(_device.IsOdd(4).Value);
    }

    [Fact]
    public void StatusesComeBack()
    {
        Assert.Equal(CallStatus.Ok, _device.Nothing().Status);
        _extension.Answer = CallResult.Failure(CallStatus.Busy);
        Assert.Equal(CallStatus.Busy, _device.Nothing().Status);
        Assert.Empty(_loopback.Faults);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SpansTravelInwards(bool direct)
    {
        _loopback.IsDirect = direct;
        Assert.Equal(6u, _device.Sum([1, 2, 3]).Value);
        Assert.Equal(0u, _device.Sum([]).Value);
        Assert.Equal(100u, _device.Sum(Enumerable.Repeat(1u, 100).ToArray()).Value);
        Assert.Equal(0, _loopback.LentBuffers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SpansTravelBothWays(bool direct)
    {
        _loopback.IsDirect = direct;
        byte[] buffer = [1, 2, 3];
        Assert.Equal(10 + 20 + 5, _device.Mix(buffer, [new Point(0, 10, 0), new Point(0, 20, 0)], 5).Value);
        Assert.Equal(new byte[] { 3, 2, 1 }, buffer);
        Assert.Equal(0, _loopback.LentBuffers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnOutputOnlyComesBack(bool direct)
    {
        _loopback.IsDirect = direct;
        string seen = string.Empty;
        _extension.OnCall = text => seen = text;
        byte[] bytes = [1, 2];
        Assert.True(_device.Fill(bytes, 5).Succeeded);
        Assert.Equal(new byte[] { 5, 5 }, bytes);
        Assert.Equal(direct ? "1 2" : $"{Loopback.LeftBehind} {Loopback.LeftBehind}", seen);
        Assert.Equal(0, _loopback.LentBuffers);
    }

    [Theory]
    [InlineData(0u, new uint[] { 9, 9, 9 })]
    [InlineData(2u, new uint[] { 1, 2, 9 })]
    [InlineData(uint.MaxValue, new uint[] { 1, 2, 3 })]
    public void OfAnOutputOnlyAsMuchComesBackAsTheAnswerSays(uint until, uint[] expected)
    {
        uint[] numbers = [9, 9, 9];
        Assert.Equal(until, _device.Count(numbers, until).Value);
        Assert.Equal(expected, numbers);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ASpanInMemoryThatBothSeeIsNotCopied(bool direct)
    {
        _loopback.IsDirect = direct;
        uint[] kernel = GC.AllocateArray<uint>(8, pinned: true);
        uint[] domain = GC.AllocateArray<uint>(8, pinned: true);
        domain[2] = 40;
        domain[3] = 2;
        _loopback.Share(Address(kernel), 8 * sizeof(uint), Address(domain));

        // Told apart by two arrays: the kernel's place is given, and the extension looks at its own.
        Assert.Equal(42u, _device.Sum(kernel.AsSpan(2, 2)).Value);
        Assert.Equal(8u, _device.Count(kernel, 8).Value);
        Assert.Equal(new uint[] { 1, 2, 3, 4, 5, 6, 7, 8 }, domain);
        Assert.Equal(new uint[8], kernel);
        Assert.Equal(0, _loopback.Lends);

        // One that lies elsewhere, or reaches beyond, is copied as ever.
        Assert.Equal(6u, _device.Sum([1, 2, 3]).Value);
        Assert.Equal(direct ? 0 : 1, _loopback.Lends);
        Assert.Equal(0, _loopback.LentBuffers);
    }

    [Fact]
    public void ASpanThatReachesBeyondMemoryThatBothSeeIsCopied()
    {
        uint[] kernel = GC.AllocateArray<uint>(8, pinned: true);
        kernel[7] = 3;
        _loopback.Share(Address(kernel), 7 * sizeof(uint), Address(new uint[8]));
        Assert.Equal(3u, _device.Sum(kernel.AsSpan(4)).Value);
        Assert.Equal(1, _loopback.Lends);
    }

    [Fact]
    public void ASpanThatIsTooLongStaysOutside()
    {
        int entries = _loopback.Entries;
        Assert.Equal(CallStatus.BadParameter, _device.Sum(new uint[101]).Status);
        Assert.Equal(CallStatus.BadParameter, _device.Mix(new byte[65], [], 0).Status);
        Assert.Equal(CallStatus.BadParameter, _device.Mix([], new Point[9], 0).Status);
        Assert.Equal(entries, _loopback.Entries);
    }

    [Fact]
    public void ASpanIsNotCopiedBackFromACallThatFailed()
    {
        byte[] buffer = [1, 2, 3];
        _device.Nothing();
        _loopback.ForcedStatus = (ulong)CallStatus.DomainDied;
        Assert.Equal(CallStatus.DomainDied, _device.Mix(buffer, [], 0).Status);
        Assert.Equal(new byte[] { 1, 2, 3 }, buffer);
        Assert.Equal(0, _loopback.LentBuffers);
    }

    [Fact]
    public void AnExceptionIsReportedAndDoesNotComeOut()
    {
        _extension.OnCall = _ => throw new FormatException("no ö");
        Assert.Equal(CallStatus.Failed, _device.Nothing().Status);
        Assert.Equal(CallStatus.Failed, _device.Sum([1]).Status);
        (string type, string message, ulong[] stack) = _loopback.Runtime.Exceptions[0];
        Assert.Equal("System.FormatException", type);
        Assert.Equal("no ö", message);
        Assert.Equal([0x1111, 0x2222], stack);
        Assert.Equal(2, _loopback.Runtime.Exceptions.Count);
    }

    [Fact]
    public void AMessageThatIsTooLongIsCutBetweenCharacters()
    {
        _extension.OnCall = _ => throw new FormatException("x" + new string('ö', 2000));
        _device.Nothing();
        Assert.Equal("x" + new string('ö', 511), _loopback.Runtime.Exceptions[0].Message);
    }

    // Trial sb16 23 of seed 14: nobody could say which method had answered so, and another fault was taken for the cause.
    [Theory]
    [InlineData((ulong)CallStatus.OutOfResources + 1)]
    [InlineData(uint.MaxValue)]
    [InlineData(ulong.MaxValue)]
    public void AStatusThatNoContractKnowsIsAFault(ulong status)
    {
        _device.Nothing();
        _loopback.ForcedStatus = status;
        Assert.Equal(CallStatus.DomainDied, _device.Nothing().Status);
        Assert.Equal([(FaultKind.BadReply, "an unknown status (Nothing)")], _loopback.Faults);
    }

    // Trial sb16 80 of seed 19: an instruction was missing, so that a method answered with what was left in a register, and that was the
    // number of this status. The kernel waited for a successor that nobody sent for.
    [Theory]
    [InlineData(CallStatus.DomainDied)]
    [InlineData(CallStatus.DomainUnavailable)]
    public void WhoeverSaysThatItHasDiedAndLivesIsAtFault(CallStatus status)
    {
        _extension.Answer = Unsafe.BitCast<CallStatus, CallResult>(status);
        Assert.Equal(CallStatus.DomainDied, _device.Nothing().Status);
        Assert.Equal([(FaultKind.BadReply, "that it has died (Nothing)")], _loopback.Faults);
    }

    [Theory]
    [InlineData(CallStatus.DomainDied)]
    [InlineData(CallStatus.DomainUnavailable)]
    public void OfADomainThatIsDeadItIsTheTruth(CallStatus status)
    {
        _device.Nothing();
        _loopback.ForcedStatus = (ulong)status;
        Assert.Equal(status, _device.Nothing().Status);
        Assert.Empty(_loopback.Faults);
    }

    [Fact]
    public void AnEnumerationThatTheContractDoesNotKnowIsAFault()
    {
        Assert.Equal(Color.Green, _device.Paint(2).Value);
        Assert.Equal(CallStatus.DomainDied, _device.Paint(3).Status);
        Assert.Equal([(FaultKind.BadReply, "a value that the contract does not allow (Paint)")], _loopback.Faults);
    }

    [Fact]
    public void AContractThatIsNotPublishedIsNotSupported()
        => Assert.Equal(CallStatus.NotSupported, _loopback.Proxy<INetworkDevice>().Close().Status);

    [Fact]
    public void ATableOfAnotherLengthIsNotSupported()
    {
        _loopback.Runtime.Published[6] = [1, 2, 3];
        Assert.Equal(CallStatus.NotSupported, _loopback.Proxy<INetworkDevice>().Close().Status);
    }

    [Fact]
    public void AChannelThatIsClosedLetsNothingThrough()
    {
        _device.Nothing();
        int entries = _loopback.Entries;
        _loopback.Close();
        Assert.Equal(CallStatus.DomainUnavailable, _device.Nothing().Status);
        Assert.Equal(CallStatus.DomainUnavailable, _loopback.Proxy<ISampleDevice>().Sum([1]).Status);
        Assert.Equal(entries, _loopback.Entries);
        Assert.Equal(0, _loopback.LentBuffers);
    }

    [Fact]
    public void CallsAreCounted()
    {
        _device.Nothing();
        _device.Nothing();
        _device.Sum([1]);
        Assert.Equal([2ul, 0, 0, 0, 1, 0], Enumerable.Range(0, 6).Select(method => _loopback.CountCalls(SampleContract, method)));
    }

    private static void* Address(uint[] pinned) => Unsafe.AsPointer(ref pinned[0]);
}
