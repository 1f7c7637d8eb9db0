using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Drivers;
using Xunit;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>The kernel as the driver sees it, and the device behind it. Holds the driver to its side of the contracts.</summary>
internal abstract class FakeKernel(Func<NetworkDriver> makeDriver)
    : IExtensionServices, IDeviceResources, INetworkDeviceHost, ISynchronizationServices
{
    private static readonly Handle<TrackedObjects.NetworkDevice> s_registration = new(3, 7);
    private static readonly Handle<TrackedObjects.Timer> s_timer = new(5, 2);

    private readonly byte[] _batch = new byte[PacketBatch.MaximumBytes];
    private readonly byte[] _received = new byte[PacketBatch.ExchangeBytes];
    private bool _hasTimer;
    private bool _isAsked;

    public MacAddress Address { get; } = MacAddress.Read([0x52, 0x54, 0x00, 0x12, 0x34, 0x56]);

    public FakeMemory Memory { get; } = new();

    public FakeClock Clock { get; } = new();

    /// <summary>The device, whatever it is.</summary>
    public abstract SimulatedDevice Simulated { get; }

    public NetworkDriver Driver { get; private set; } = makeDriver();

    public bool HasDevice { get; set; } = true;

    /// <summary>Allocations that the kernel still grants.</summary>
    public int Grants { get; set; } = int.MaxValue;

    public bool KeepsFrames { get; set; } = true;

    /// <summary>Called when frames have come with an exchange.</summary>
    public Action? OnReceive { get; set; }

    /// <summary>Called when the driver calls the kernel, which lets other threads into the driver.</summary>
    public Action? OnBusMaster { get; set; }

    public MacAddress? Registered { get; private set; }

    public List<byte[]> Received { get; } = [];

    public ulong FramesSeen { get; private set; }

    public List<LinkState> Links { get; } = [];

    public ulong Accepted { get; private set; }

    public ulong Completed { get; private set; }

    public List<string> Lines { get; } = [];

    public INetworkDeviceHost NetworkDevices => this;

    public INetworkStackHost NetworkStacks => throw new NotSupportedException();

    public IStateStore State => throw new NotSupportedException();

    public ISynchronizationServices Synchronization => this;

    public IRecoveryServices Recovery => throw new NotSupportedException();

    public ISocketServices Sockets => throw new NotSupportedException();

    public ISystemView SystemView => throw new NotSupportedException();

    public IBlockDeviceHost BlockDevices => throw new NotSupportedException();

    public IFileSystemHost FileSystems => throw new NotSupportedException();

    public IFileServices Files => throw new NotSupportedException();

    public IBlockVolume? OpenVolume(uint volume) => throw new NotSupportedException();

    public ISystemControl SystemControl => throw new NotSupportedException();

    public ITransportHost Transport => throw new NotSupportedException();

    public IProcessServices Process => throw new NotSupportedException();

    public ISoundDeviceHost SoundDevices => throw new NotSupportedException();

    public ISoundServices Sound => throw new NotSupportedException();

    public ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => null;

    public IConnectionMemory? OpenConnectionMemory() => null;

    public long MonotonicNanoseconds => Clock.Look();

    public PciIdentity Identity => Simulated.Identity;

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
        Memory.IsBusMaster = false;
        Memory.FreeAll();
        Driver = makeDriver();
        Registered = null;
        _hasTimer = false;
        _isAsked = false;
        Accepted = 0;
        Completed = 0;
        Simulated.WritesLeft = -1;
        OnReceive = null;
        OnBusMaster = null;
    }

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

    public IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities)
        => HasDevice && identities.Contains(Identity) ? this : null;

    public ulong NextRandom() => 4;

    public void Log(string text) => Lines.Add(text);

    public uint ReadConfiguration(uint offsetBytes, uint widthBytes) => Simulated.ReadConfiguration(offsetBytes, widthBytes);

    public RegisterWindow MapRegisterWindow(uint barIndex)
    {
        Assert.Equal(Simulated.RegisterBar, barIndex);
        return Grant() ? Simulated : throw new InvalidOperationException("no window");
    }

    public PortWindow OpenPorts(uint barIndex) => throw new NotSupportedException();

    public DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes)
        => Grant() ? Memory.Allocate(lengthBytes, alignmentBytes) : throw new InvalidOperationException("no memory");

    public void OpenInterruptLine()
    {
        Assert.False(Simulated.IsLineAsserted, "the line is opened while a dead instance's interrupt is pending");
        if (!Grant())
        {
            throw new InvalidOperationException("no line");
        }
    }

    public void SetBusMaster(bool enabled)
    {
        Assert.True(!enabled || Simulated.ReadFilter is not null || Simulated.IsReadyForTheBus, "the device goes on the bus before it is set up");
        Memory.IsBusMaster = enabled;
        if (enabled)
        {
            Simulated.Flush();
        }

        OnBusMaster?.Invoke();
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

    private bool Grant()
    {
        if (Grants == 0)
        {
            return false;
        }

        Grants--;
        return true;
    }
}
