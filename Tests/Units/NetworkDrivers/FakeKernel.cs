using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Drivers;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>The kernel as the driver sees it, and the device behind it. Holds the driver to its side of the contracts.</summary>
internal abstract class FakeKernel(Func<NetworkDriver> makeDriver) : FakeServices, INetworkDeviceHost, ISynchronizationServices
{
    private static readonly Handle<TrackedObjects.NetworkDevice> s_registration = new(3, 7);
    private static readonly Handle<TrackedObjects.Timer> s_timer = new(5, 2);

    private readonly byte[] _batch = new byte[PacketBatch.MaximumBytes];
    private readonly byte[] _received = new byte[PacketBatch.ExchangeBytes];
    private bool _hasTimer;
    private bool _isAsked;

    public MacAddress Address { get; } = MacAddress.Read([0x52, 0x54, 0x00, 0x12, 0x34, 0x56]);

    /// <summary>The device, whatever it is.</summary>
    public abstract SimulatedDevice Simulated { get; }

    public NetworkDriver Driver { get; private set; } = makeDriver();

    public override SimulatedRegisters Hardware => Simulated;

    public override INetworkDeviceHost NetworkDevices => this;

    public override ISynchronizationServices Synchronization => this;

    public bool KeepsFrames { get; set; } = true;

    /// <summary>Called when frames have come with an exchange.</summary>
    public Action? OnReceive { get; set; }

    public MacAddress? Registered { get; private set; }

    public List<byte[]> Received { get; } = [];

    public ulong FramesSeen { get; private set; }

    public List<LinkState> Links { get; } = [];

    public ulong Accepted { get; private set; }

    public ulong Completed { get; private set; }


    /// <summary>Starts and opens the driver, as the kernel and the shadow do, and waits until it hears.</summary>
    public void StartAndHear(ReceiveMode mode = ReceiveMode.Normal)
    {
        StartAndOpen(mode);
        WaitUntilHearing();
    }

    public void StartAndOpen(ReceiveMode mode = ReceiveMode.Normal)
    {
        Assert.Equal(CallStatus.Ok, Driver.Start(this).Status);
        Assert.Equal(CallStatus.Ok, Driver.Open(mode).Status);
    }

    public void WaitUntilHearing()
    {
        Clock.Advance(2_000_000_000);
        Simulated.Flush();
    }

    /// <summary>Takes the device and its memory away from an instance that is dead, and makes a fresh one.</summary>
    public void Replace()
    {
        TakeDeviceAway();
        Driver = makeDriver();
        Registered = null;
        _hasTimer = false;
        _isAsked = false;
        Accepted = 0;
        Completed = 0;
        OnReceive = null;
    }

    protected override void OnBus() => Simulated.Flush();

    public uint Transmit(params ReadOnlySpan<byte[]> frames)
    {
        int usedBytes = 0;
        foreach (byte[] frame in frames)
        {
            Assert.True(PacketBatch.TryAppend(_batch, ref usedBytes, frame));
        }

        CallResult<uint> result = TransmitBatch(_batch.AsSpan(0, usedBytes));
        Assert.True(result.Succeeded, "the driver refused frames");
        Assert.True(result.Value <= (uint)frames.Length, "took more than there was");
        return result.Value;
    }

    public CallResult<uint> TransmitBatch(ReadOnlySpan<byte> batch)
    {
        CallResult<DeviceExchange> result = Exchange(batch);
        return result.TryGet(out DeviceExchange done)
            ? CallResult<uint>.Ok(done.FramesTaken)
            : CallResult<uint>.Failure(result.Status);
    }

    /// <summary>
    /// Calls the driver while the line is asserted or it wants to be called, after its timer has fired if it has one. Returns how
    /// often.
    /// </summary>
    public int ServeInterrupts(int maximum = 1000)
    {
        if (_hasTimer)
        {
            Assert.True(((ITimerSink)Driver).OnTimer(s_timer, Clock.Nanoseconds).Succeeded, "a timer cannot fail");
        }

        int calls = 0;
        bool isWorkLeft = false;
        while ((Simulated.IsLineAsserted || isWorkLeft || _isAsked) && calls < maximum)
        {
            isWorkLeft = Interrupt() == InterruptAnswer.WorkLeft;
            calls++;
        }

        return calls;
    }

    /// <summary>Serves an interrupt, and answers as an <see cref="InterruptAnswer"/>.</summary>
    public uint Interrupt()
    {
        if (Registered is null)
        {
            // The kernel knows of no device yet, and leaves the line masked.
            return InterruptAnswer.NotMine;
        }

        _isAsked = false;
        CallResult<DeviceExchange> result = Exchange([]);
        Assert.True(result.TryGet(out DeviceExchange done), "an interrupt cannot fail");
        return done.HasMore ? InterruptAnswer.WorkLeft : done.WasCause ? InterruptAnswer.Served : InterruptAnswer.NotMine;
    }

    /// <summary>Gives the driver frames, and takes what it has.</summary>
    public CallResult<DeviceExchange> Exchange(ReadOnlySpan<byte> outgoing)
    {
        CallResult<DeviceExchange> result = Driver.Exchange(outgoing, _received);
        if (result.TryGet(out DeviceExchange done))
        {
            Accepted += done.FramesTaken;
            Completed += done.FramesCompleted;
            Assert.True(Completed <= Accepted, "completed more than it took");
            if (done.ReceivedBytes != 0)
            {
                Take(_received.AsSpan(0, (int)done.ReceivedBytes));
            }
        }

        return result;
    }

    public CallResult<Handle<TrackedObjects.NetworkDevice>> Register(MacAddress address, uint maximumTransmissionUnitBytes)
    {
        Assert.Equal(1500u, maximumTransmissionUnitBytes);
        Assert.Null(Registered);
        if (!Grant())
        {
            return CallResult<Handle<TrackedObjects.NetworkDevice>>.Failure(CallStatus.Busy);
        }

        Registered = address;
        return CallResult<Handle<TrackedObjects.NetworkDevice>>.Ok(s_registration);
    }

    public CallResult LinkChanged(Handle<TrackedObjects.NetworkDevice> device, LinkState link)
    {
        Assert.Equal(s_registration, device);
        Links.Add(link);

        // What had to be given up because of it is told when the driver is asked.
        _isAsked = true;
        return CallResult.Ok;
    }

    public CallResult<Handle<TrackedObjects.Timer>> CreateTimer(long periodNanoseconds)
    {
        if (!Grant())
        {
            return CallResult<Handle<TrackedObjects.Timer>>.Failure(CallStatus.QuotaExceeded);
        }

        _hasTimer = true;
        return CallResult<Handle<TrackedObjects.Timer>>.Ok(s_timer);
    }

    public CallResult<Handle<TrackedObjects.Lock>> CreateLock() => throw new NotSupportedException();

    public CallResult AcquireLock(Handle<TrackedObjects.Lock> handle) => throw new NotSupportedException();

    public CallResult ReleaseLock(Handle<TrackedObjects.Lock> handle) => throw new NotSupportedException();

    private void Take(ReadOnlySpan<byte> batch)
    {
        uint frames = 0;
        while (PacketBatch.TryRead(ref batch, out ReadOnlySpan<byte> frame))
        {
            frames++;
            FramesSeen++;
            if (KeepsFrames)
            {
                Received.Add(frame.ToArray());
            }
        }

        Assert.True(batch.IsEmpty, "malformed batch");
        Assert.True(frames <= PacketBatch.ExchangeFrames, "too many frames");
        OnReceive?.Invoke();
    }
}
