using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NooksOS.Extensions.TcpIp;
using NooksOS.Extensions.TcpIp.Wire;
using NooksOS.Tests.Units.Fuzzing;
using Xunit;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>
/// Segments that nobody would think of, and what an application does meanwhile, found by what they reach in the stack. NOOKS_TCP_SCRIPTS
/// says how many are tried.
/// </summary>
public sealed class SegmentsFoundByWhatTheyReach
{
    private const int MaximumBytes = 600;
    private const byte Window = 200;

    private static readonly byte[] s_acknowledge = Segment(TcpFlags.Acknowledge, 0, 0, []);

    private static int Scripts
        => int.TryParse(Environment.GetEnvironmentVariable("NOOKS_TCP_SCRIPTS"), CultureInfo.InvariantCulture, out int count) ? count : 2000;

    [Fact]
    public void NothingThrowsNothingIsMixedUpAndNothingStays()
    {
        CountingContext context = new(typeof(TcpIpExtension).Assembly);
        Fuzzer fuzzer = new(9293, Examples(), Dictionary(), context.Hits, MaximumBytes);
        Action<byte[]> target = context.Bind<Action<byte[]>>(typeof(SegmentTarget).FullName!, nameof(SegmentTarget.Run));
        fuzzer.Run(target, 0);
        int reachedByExamples = fuzzer.BlocksReached;
        fuzzer.Run(target, Scripts);

        // Far fewer would mean that the counting does not work, and the search was blind.
        Assert.True(
            fuzzer.BlocksReached > reachedByExamples && fuzzer.Corpus.Count > 100,
            $"{reachedByExamples} blocks by examples, {fuzzer.BlocksReached} of {context.Hits.Length} in the end, {fuzzer.Corpus.Count} inputs kept");
    }

    private static IEnumerable<byte[]> Examples() =>
    [
        [0, .. Segment(TcpFlags.Acknowledge, 0, 0, [], 100), .. Do(SegmentTarget.Step.Receive, 1000), .. Do(SegmentTarget.Step.Send, 50), .. s_acknowledge],
        [4, .. Do(SegmentTarget.Step.Send, 9000), .. Segment(TcpFlags.Acknowledge, 0, 0, Sack(1460, 2920)), .. Do(SegmentTarget.Step.Wait, 1500)],
        [4, .. Segment(TcpFlags.Acknowledge, 100, 0, [], 100), .. Segment(TcpFlags.Acknowledge, 0, 0, [], 100), .. Do(SegmentTarget.Step.Die, 3)],
        [2, .. Do(SegmentTarget.Step.Finish, 0), .. Segment(TcpFlags.Acknowledge | TcpFlags.Finish, 0, 1, Timestamps()), .. Do(SegmentTarget.Step.Wait, 900)],
        [0, .. Segment(TcpFlags.Acknowledge | TcpFlags.Finish, 0, 0, []), .. Do(SegmentTarget.Step.Close, 0), .. Segment(TcpFlags.Acknowledge, 1, 1, [])],
        [1, .. Segment(TcpFlags.Synchronize, -1, 0, [2, 4, 5, 180, 1, 3, 3, 7]), .. s_acknowledge, .. Segment(TcpFlags.Reset, 0, 0, [])],
    ];

    private static IEnumerable<byte[]> Dictionary()
    {
        TcpFlags[] flags =
        [
            TcpFlags.Acknowledge, TcpFlags.Synchronize, TcpFlags.Synchronize | TcpFlags.Acknowledge, TcpFlags.Reset,
            TcpFlags.Reset | TcpFlags.Acknowledge, TcpFlags.Finish | TcpFlags.Acknowledge,
        ];
        return flags.Select(kind => Segment(kind, 0, 0, []))
            .Append(Segment(TcpFlags.Acknowledge, 0, 0, [], byte.MaxValue))
            .Append(Segment(TcpFlags.Acknowledge, 1460, 0, [], byte.MaxValue))
            .Append(Segment(TcpFlags.Acknowledge, 0, 100, Sack(200, 300)))
            .Append(Segment(TcpFlags.Acknowledge, -1, 0, Timestamps()))
            .Concat(Enum.GetValues<SegmentTarget.Step>().Where(step => step != SegmentTarget.Step.Segment).Select(step => Do(step, 1000)));
    }

    private static byte[] Do(SegmentTarget.Step step, ushort number)
        => [(byte)step, (byte)number, (byte)number, (byte)(number >> 8), 0, 0, 0, 0];

    private static byte[] Segment(TcpFlags flags, short position, sbyte acknowledged, byte[] options, byte dataLength = 0)
    {
        byte[] step =
        [
            (byte)SegmentTarget.Step.Segment, (byte)flags, (byte)position, (byte)(position >> 8), (byte)acknowledged, Window,
            (byte)options.Length, dataLength,
        ];
        return [.. step, .. options];
    }

    private static byte[] Sack(uint left, uint right)
    {
        List<byte> options = [];
        ScriptedPeer.Sack(left, right)(options);
        return [.. options];
    }

    private static byte[] Timestamps()
    {
        byte[] options = new byte[TcpOptionWriter.TimestampsBytes];
        new TcpOptionWriter(options).Timestamps(1001, 0);
        return options;
    }
}
