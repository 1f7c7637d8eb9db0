using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>A shadow between a driver and a stack that can be killed and replaced.</summary>
internal sealed class NetworkRig : IFaultSink
{
    public const uint DriverDomain = 1;
    public const uint StackDomain = 2;

    private readonly TrackerLedger _ledger = new();
    private readonly Func<DeathPoint> _driverCall;
    private readonly Func<DeathPoint> _stackCall;
    private uint _lastInstance = 100;

    public NetworkRig(Func<DeathPoint>? driverCall = null, Func<DeathPoint>? stackCall = null, NetworkShadowOptions? options = null)
    {
        _driverCall = driverCall ?? (() => DeathPoint.None);
        _stackCall = stackCall ?? (() => DeathPoint.None);
        Work = new FakeSignal(Clock);
        Shadow = new NetworkDeviceShadow(Clock, Work, () => new FakeSignal(Clock), this, DriverExchange, StackExchange, options ?? new NetworkShadowOptions());
    }

    public FakeClock Clock { get; } = new();

    public FakeSignal Work { get; }

    public FakeExchange DriverExchange { get; } = new();

    public FakeExchange StackExchange { get; } = new();

    public FakeLine Line { get; } = new();

    public NetworkDeviceShadow Shadow { get; }

    public Wire Wire { get; } = new();

    public List<byte[]> Received { get; } = [];

    public List<FaultReport> Faults { get; } = [];

    public MacAddress Address { get; set; } = new(0x5634_1200_5452);

    public FakeDriver Driver { get; private set; } = null!;

    public FakeStack Stack { get; private set; } = null!;

    public NetworkDeviceHostService DriverHost { get; private set; } = null!;

    public NetworkStackHostService StackHost { get; private set; } = null!;

    public HandleTable DriverObjects { get; private set; } = null!;

    public HandleTable StackObjects { get; private set; } = null!;

    public Handle<TrackedObjects.NetworkDevice> Device { get; private set; }

    public Handle<TrackedObjects.NetworkStack> StackHandle { get; private set; }

    public uint CurrentInstance(uint domainId) => 1;

    public bool Report(FaultReport report)
    {
        Faults.Add(report);
        return true;
    }

    public NetworkRig Boot()
    {
        StartDriver();
        StartStack();
        Shadow.Pump();
        return this;
    }

    public CallStatus StartDriver(Action<FakeDriver>? prepare = null, TrackedObject? memory = null)
    {
        Driver = new FakeDriver(Wire, _driverCall);
        prepare?.Invoke(Driver);
        DriverObjects = new HandleTable(++_lastInstance, ObjectQuotas.Default, _ledger);
        if (memory is not null)
        {
            DriverObjects.TryAdd(memory);
        }

        FakeDriver instance = Driver;
        DriverHost = new NetworkDeviceHostService(Shadow, DriverDomain, Driver, DriverExchange, DriverObjects, () => instance.Starts);
        Device = DriverHost.Register(Address, 1500).Value;
        return Shadow.InstanceStarted(DriverDomain);
    }

    public CallStatus StartStack()
    {
        Stack = new FakeStack(Received, _stackCall);
        StackObjects = new HandleTable(++_lastInstance, ObjectQuotas.Default, _ledger);
        StackHost = new NetworkStackHostService(Shadow, StackDomain, Stack, StackExchange, StackObjects);
        StackHandle = StackHost.Register().Value;
        return Shadow.InstanceStarted(StackDomain);
    }

    public void KillDriver()
    {
        Shadow.InstanceStopped(DriverDomain);
        DriverObjects.ReleaseAll();
    }

    public void KillStack()
    {
        Shadow.InstanceStopped(StackDomain);
        StackObjects.ReleaseAll();
    }

    /// <summary>The stack sends frames with these numbers. Returns how many were queued.</summary>
    public uint SendFrom(int first, int count)
    {
        uint queued = 0;
        for (int number = first; number < first + count; number++)
        {
            queued += Send(Frame(number));
        }

        return queued;
    }

    /// <summary>The stack sends a frame. Returns how many were queued.</summary>
    public uint Send(byte[] frame) => StackHost.Transmit(StackHandle, Batch(frame)).Value;

    /// <summary>The device receives frames with these numbers; the driver will tell when it is asked.</summary>
    public void ReceiveFrom(int first, int count)
    {
        Driver.Arrived = [.. Driver.Arrived, .. Enumerable.Range(first, count).SelectMany(number => (IEnumerable<byte>)Batch(number))];
        Interrupt();
    }

    /// <summary>The device receives a neighbour's answer to a question for its address.</summary>
    public void ReceiveReply()
    {
        Driver.Arrived = [.. Driver.Arrived, .. Batch(NeighborsOfProbedSystems.Reply())];
        Interrupt();
    }

    /// <summary>The device sends its ring; the driver will tell when it is asked.</summary>
    public void SendRing()
    {
        Driver.Done += Driver.Send();
        Interrupt();
    }

    /// <summary>The line of the device is asserted.</summary>
    public bool Interrupt() => Shadow.TryTakeLine(DriverDomain, Line);

    /// <summary>A frame whose every byte follows from its number.</summary>
    public static byte[] Frame(int number)
    {
        byte[] frame = new byte[60 + (number * 37 % 1400)];
        BinaryPrimitives.WriteInt32LittleEndian(frame, number);
        for (int index = sizeof(int); index < frame.Length; index++)
        {
            frame[index] = (byte)((number * 31) + index);
        }

        return frame;
    }

    public static int NumberOf(byte[] frame) => BinaryPrimitives.ReadInt32LittleEndian(frame);

    public static byte[] Batch(int number) => Batch(Frame(number));

    public static byte[] Batch(byte[] frame)
    {
        byte[] batch = new byte[PacketBatch.MaximumFrameBytes + 2];
        int used = 0;
        PacketBatch.TryAppend(batch, ref used, frame);
        return batch[..used];
    }
}
