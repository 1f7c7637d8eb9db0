using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using NooksOS.Contracts;
using NooksOS.Drivers.Es1371;
using NooksOS.Drivers.Sound;
using NooksOS.Drivers.SoundBlaster16;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using NooksOS.Tests.Units.NetworkDrivers;
using Xunit;

namespace NooksOS.Tests.Units.Sound;

/// <summary>
/// A kernel with the real sound shadow, a real driver and a simulated card: what somebody plays goes all the way to what is heard.
/// Time passes only when a test says so.
/// </summary>
internal sealed class SoundRig : IKernelClock, IKernelSignal, IFaultSink, IPlaybackStops
{
    /// <summary>Frames that are heard in a round.</summary>
    public const int RoundFrames = 441;

    /// <summary>The domain of the driver.</summary>
    public const uint DomainId = 7;

    private const long RoundNanoseconds = 10_000_000;
    private const ulong Silence = 0;

    private readonly Func<SoundDriver> _makeDriver;
    private readonly TrackerLedger _ledger = new();
    private HandleTable _objects;
    private Handle<TrackedObjects.SoundStream> _stream;

    public SoundRig(string model)
    {
        Shadow = new SoundDeviceShadow(this, this, () => this, this, new SoundShadowOptions());
        if (model == "sb16")
        {
            Memory.StayBelow16MiB();
            Memory.IsBusMaster = true;
            Card = new SoundBlasterCard(Memory, Dma);
            _makeDriver = () => new SoundBlaster16Driver();
        }
        else
        {
            Memory.StayBelow4GiB();
            Card = new AudioPciCard(Memory, model == "es1371");
            _makeDriver = () => new Es1371Driver();
        }

        Identity = new PciIdentity(0x1274, model == "es1371" ? (ushort)0x1371 : (ushort)0x5000);
        Controller = new DmaController(Dma);
        _objects = new HandleTable(1, ObjectQuotas.Default, _ledger);
        Player = new SoundServices(Shadow, "player", new HandleTable(2, ObjectQuotas.Default, _ledger));
        Driver = new MortalDriver(_makeDriver());
    }

    public static TheoryData<string> Models => ["es1370", "es1371", "sb16"];

    public long NowNanoseconds { get; private set; } = 1_000_000_000;

    public FakeMemory Memory { get; } = new();

    public DmaControllerModel Dma { get; } = new();

    public DmaController Controller { get; }

    public SoundCard Card { get; }

    public SoundDeviceShadow Shadow { get; }

    public SoundServices Player { get; }

    public MortalDriver Driver { get; private set; }

    public PciIdentity Identity { get; }

    /// <summary>The last memory that a driver got, which is the ring.</summary>
    public FakeDmaBuffer Ring { get; private set; } = new(0, 0);

    public List<FaultReport> Faults { get; } = [];

    public int Deaths { get; private set; }

    /// <summary>Frames of nobody: 16 bits on both sides that are never silent, and none like the one before.</summary>
    public static byte[] MakeTrack(int frames, int seed)
    {
        Random random = new(seed);
        byte[] track = new byte[frames * 4];
        for (int frame = 0; frame < frames; frame++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(track.AsSpan(4 * frame), (uint)random.Next(1, int.MaxValue));
        }

        return track;
    }

    /// <summary>Starts the driver, as the recovery manager does. False if it dies on the way.</summary>
    public bool TryStart()
    {
        SoundKernel kernel = new(this, new SoundDeviceHostService(Shadow, DomainId, Driver, this, _objects));
        CallStatus status = Driver.Begin(kernel);
        if (status == CallStatus.Ok)
        {
            status = Shadow.InstanceStarted(DomainId);
        }

        Assert.True(status == CallStatus.Ok || Driver.IsDead, $"the driver does not start: {status}; {string.Join("; ", kernel.Lines)}");
        return !Driver.IsDead;
    }

    /// <summary>Takes the dead instance down and brings up the next one.</summary>
    public void Recover(Random? scramble = null)
    {
        Deaths++;
        Card.WritesLeft = -1;
        Shadow.InstanceStopped(DomainId);
        _objects.Close();
        Assert.Empty(_objects.QuiesceAll());
        Memory.IsBusMaster = Card is SoundBlasterCard;
        Assert.Equal(0u, _objects.ReleaseAll().Leaked);
        Memory.FreeAll();
        if (scramble is not null)
        {
            Card.Scramble(scramble);
        }

        _objects = new HandleTable(1, ObjectQuotas.Default, _ledger);
        Driver = new MortalDriver(_makeDriver());
        Assert.True(TryStart(), "the fresh instance died by itself");
    }

    /// <summary>Plays a track to its end, however often the driver dies, and lets the kernel do whatever it does meanwhile.</summary>
    public void PlayAll(ReadOnlySpan<byte> track, Action<int>? eachRound = null, int framesPerRound = 1024)
    {
        Assert.True(Player.OpenStream().TryGet(out _stream), "no stream");
        for (int round = 0; round < 10_000; round++)
        {
            eachRound?.Invoke(round);
            if (Driver.IsDead)
            {
                Recover();
            }

            if (track.IsEmpty)
            {
                if (DrainNow())
                {
                    return;
                }
            }
            else
            {
                // One call takes what there is room for; with none it would wait, which a test cannot.
                track = track[WriteNow(track[..Math.Min(track.Length, 4 * framesPerRound)])..];
            }

            Pass();
        }

        Assert.Fail("the track does not end");
    }

    /// <summary>Lets 10 ms pass: the card plays, interrupts are delivered, and the kernel does what there is to do.</summary>
    public void Pass()
    {
        Shadow.Pump();
        NowNanoseconds += RoundNanoseconds;
        Card.Play(RoundFrames);
        if (Card.IsLineAsserted)
        {
            Driver.Interrupt();
        }

        Shadow.Pump();
    }

    /// <summary>Lets time pass in which the card plays, the guard looks, and neither the driver nor the thread that calls it gets to run.</summary>
    public void Starve(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            NowNanoseconds += RoundNanoseconds;
            Card.Play(RoundFrames);
            Shadow.Guard();
        }
    }

    /// <summary>What was heard, silence left out, is exactly the track.</summary>
    public void AssertHeard(ReadOnlySpan<byte> track)
    {
        List<uint> expected = [];
        for (; !track.IsEmpty; track = track[4..])
        {
            expected.Add(BinaryPrimitives.ReadUInt32LittleEndian(track));
        }

        Assert.Empty(Card.Complaints);
        Assert.Empty(Dma.Complaints);
        Assert.Empty(Faults);
        Assert.Equal(CollectionsMarshal.AsSpan(expected), Card.Heard.Where(frame => frame != Silence).ToArray().AsSpan());
    }

    /// <summary>Memory that the driver shares with its card, as the kernel tracks it.</summary>
    public FakeDmaBuffer Allocate(uint lengthBytes, uint alignmentBytes)
    {
        Ring = Memory.Allocate(lengthBytes, alignmentBytes);
        Assert.True(_objects.Add<TrackedObjects.DmaBuffer>(new Shared(Ring)).Succeeded);
        return Ring;
    }

    public void Sleep(long durationNanoseconds) => NowNanoseconds += durationNanoseconds;

    public long Look() => NowNanoseconds += 1000;

    public void Set()
    {
    }

    // Whoever would wait here is told that its time is up, and tries again in the next round.
    public WaitOutcome Wait(long timeoutNanoseconds) => WaitOutcome.TimedOut;

    public uint CurrentInstance(uint domainId) => 1;

    public bool Report(FaultReport report)
    {
        Faults.Add(report);
        return true;
    }

    public IPlaybackStop? ByPorts(Handle<TrackedObjects.PortRange> ports, PortStop stop)
        => ports == Card.Handle ? new Stopper(() => ((AudioPciCard)Card).StopAndRead(stop)) : null;

    public IPlaybackStop? ByChannel(Handle<TrackedObjects.DmaChannel> channel)
        => new Stopper(() => Controller.Stop(SoundKernel.Channel) / 4);

    private int WriteNow(ReadOnlySpan<byte> track)
    {
        CallResult<uint> written = Player.Write(_stream, track);
        Assert.True(written.Succeeded || written.Status == CallStatus.TimedOut, written.Status.ToString());
        return written.TryGet(out uint frames) ? (int)frames * 4 : 0;
    }

    private bool DrainNow()
    {
        CallResult drained = Player.Drain(_stream);
        Assert.True(drained.Succeeded || drained.Status == CallStatus.TimedOut, drained.Status.ToString());
        return drained.Succeeded;
    }

    private sealed class Stopper(Func<uint> stop) : IPlaybackStop
    {
        public uint? StopAndRead() => stop();
    }

    private sealed class Shared(FakeDmaBuffer buffer) : TrackedObject(TrackedKind.DmaBuffer), ITrackedMemory
    {
        public ReadOnlySpan<byte> Content => buffer.Bytes;

        public override string Description => "DMA buffer";

        protected override bool Release() => true;
    }
}
