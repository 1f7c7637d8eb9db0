using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;
using Xunit;

namespace NooksOS.Tests.Units.Recovery.Network;

/// <summary>A driver that is killed again and again while real threads send and receive through the shadow.</summary>
public sealed class DeathUnderLoad
{
    private const int Kills = 60;

    [Fact]
    public async Task NoFrameIsDuplicatedCorruptedOrReordered()
    {
        Wire wire = new();
        Host host = new();
        NetworkDeviceShadow shadow = new(host, host, () => new Host(), host, new FakeExchange(), new FakeExchange(), new NetworkShadowOptions());
        TrackerLedger ledger = new();
        HandleTable stackObjects = new(2, ObjectQuotas.Default, ledger);
        FakeStack stack = new([], () => DeathPoint.None);
        NetworkStackHostService stackHost = new(shadow, 2, stack, new FakeExchange(), stackObjects);
        Handle<TrackedObjects.NetworkStack> handle = stackHost.Register().Value;
        shadow.InstanceStarted(2);
        using CancellationTokenSource stop = new();
        Task pump = RunOnThreadOfItsOwn(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                shadow.Pump();
                host.Wait(1_000_000);
            }
        });
        int next = 0;
        Task sender = RunOnThreadOfItsOwn(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                CallResult<uint> queued = stackHost.Transmit(handle, NetworkRig.Batch(next));
                next += queued.Succeeded ? (int)queued.Value : 0;
            }
        });

        FakeLine line = new();
        Random random = new(1);
        uint instance = 100;
        for (int kill = 0; kill < Kills; kill++)
        {
            LoadedDriver driver = new(wire);
            HandleTable objects = new(++instance, ObjectQuotas.Default, ledger);
            NetworkDeviceHostService driverHost = new(shadow, 1, driver, new FakeExchange(), objects, () => 1);
            Assert.True(driverHost.Register(new MacAddress(2), 1500).Succeeded);
            Assert.Equal(CallStatus.Ok, shadow.InstanceStarted(1));
            int lastFrame = wire.Sent.Count + random.Next(1, 60);
            Stopwatch life = Stopwatch.StartNew();
            while (wire.Sent.Count < lastFrame && life.ElapsedMilliseconds < 5000)
            {
                driver.Send();
                shadow.TryTakeLine(1, line);
                Thread.Yield();
            }

            driver.Kill();
            shadow.InstanceStopped(1);
            Assert.Equal(0u, objects.ReleaseAll().Leaked);
        }

        await stop.CancelAsync();
        await Task.WhenAll(pump, sender);

        List<int> numbers = wire.Sent.ConvertAll(NetworkRig.NumberOf);
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.All(wire.Sent, frame => Assert.Equal(NetworkRig.Frame(NetworkRig.NumberOf(frame)), frame));
        NetworkShadowStatistics statistics = shadow.GetShadowStatistics();
        Assert.Empty(host.Faults);
        Assert.True(numbers.Count >= Kills, $"{numbers.Count} of {next}, {statistics}");
        Assert.True(
            next - numbers.Count - statistics.TransmitQueued <= (int)statistics.TransmitLost,
            $"{numbers.Count} of {next}, {statistics}");
        Assert.Equal((uint)Kills, statistics.DriverInstances);
    }

    private static Task RunOnThreadOfItsOwn(Action work)
        => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class Host : IKernelClock, IKernelSignal, IFaultSink
    {
        private readonly AutoResetEvent _event = new(false);

        public List<FaultReport> Faults { get; } = [];

        public long NowNanoseconds => (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;

        public void Sleep(long durationNanoseconds) => Thread.Sleep(TimeSpan.FromMicroseconds(durationNanoseconds / 1000));

        public void Set() => _event.Set();

        public WaitOutcome Wait(long timeoutNanoseconds)
            => _event.WaitOne(TimeSpan.FromMicroseconds(timeoutNanoseconds / 1000)) ? WaitOutcome.Signalled : WaitOutcome.TimedOut;

        public uint CurrentInstance(uint domainId) => 1;

        public bool Report(FaultReport report)
        {
            lock (Faults)
            {
                Faults.Add(report);
            }

            return true;
        }
    }

    /// <summary>A driver in a domain of its own: one thread at a time, and dead means dead for all of them.</summary>
    private sealed class LoadedDriver(Wire wire) : INetworkDevice
    {
        private readonly Lock _monitor = new();
        private readonly FakeDriver _inner = new(wire, () => DeathPoint.None);
        private bool _isDead;

        /// <summary>The device sends what it has, and will say so with the next exchange.</summary>
        public void Send()
        {
            lock (_monitor)
            {
                _inner.Done += _inner.Send();
            }
        }

        /// <summary>It dies, and the device sends what it had.</summary>
        public void Kill()
        {
            lock (_monitor)
            {
                _isDead = true;
                _inner.Send();
            }
        }

        public CallResult Open(ReceiveMode mode) => _inner.Open(mode);

        public CallResult Close() => _inner.Close();

        public CallResult<DeviceExchange> Exchange(ReadOnlySpan<byte> outgoing, Span<byte> received)
        {
            lock (_monitor)
            {
                return _isDead ? new CallResult<DeviceExchange>(CallStatus.DomainDied, default) : _inner.Exchange(outgoing, received);
            }
        }

        public CallResult SetReceiveMode(ReceiveMode mode) => _inner.SetReceiveMode(mode);

        public CallResult SetMulticastList(ReadOnlySpan<MacAddress> addresses) => _inner.SetMulticastList(addresses);

        public CallResult<LinkState> GetLink() => _inner.GetLink();

        public CallResult<NetworkStatistics> GetStatistics() => _inner.GetStatistics();
    }
}
