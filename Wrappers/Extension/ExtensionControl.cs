using System;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>The kernel's hold on the extension.</summary>
internal sealed class ExtensionControl(IExtension extension) : IExtensionControl
{
    private bool _silent;

    /// <inheritdoc/>
    public CallResult Null() => CallResult.Ok;

    /// <inheritdoc/>
    public CallResult Start() => extension.Start(new ExtensionServices());

    /// <inheritdoc/>
    public CallResult Stop() => _silent ? CallResult.Ok : extension.Stop();

    /// <inheritdoc/>
    public CallResult<ulong> Heartbeat(ulong nonce) => CallResult<ulong>.Ok(_silent ? nonce : ~nonce);

    /// <inheritdoc/>
    public CallResult Misbehave(MisbehaviorKind kind, ulong kernelAddress)
    {
        if (kind == MisbehaviorKind.Silent)
        {
            _silent = true;
            ExtensionContracts.Silence();
            return CallResult.Ok;
        }

        if (kind == MisbehaviorKind.InterruptStorm)
        {
            // Drivers of network cards and of disks serve their devices in exchanges.
            InterruptSinkStubs.Silence();
            BlockDeviceStubs.Replace(driver => new DeafBlockDevice(driver));
            NetworkDeviceStubs.Replace(driver => new DeafNetworkDevice(driver));
            return CallResult.Ok;
        }

        if (kind == MisbehaviorKind.WildDma)
        {
            WildDma.Begin(kernelAddress);
            return CallResult.Ok;
        }

        return Misbehavior.Begin(kind, kernelAddress);
    }

    /// <inheritdoc/>
    public CallResult CallKernel(uint iterations)
    {
        RuntimeServicesClient kernel = default;
        for (uint iteration = 0; iteration < iterations; iteration++)
        {
            kernel.Null();
        }

        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult<HeapStatistics> GetHeapStatistics()
    {
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        TimeSpan longest = TimeSpan.Zero;
        foreach (TimeSpan pause in memory.PauseDurations)
        {
            longest = pause > longest ? pause : longest;
        }

        return CallResult<HeapStatistics>.Ok(new HeapStatistics(
            (ulong)memory.TotalCommittedBytes,
            (ulong)GC.GetTotalMemory(forceFullCollection: false),
            (ulong)GC.CollectionCount(0),
            (ulong)longest.Ticks * TimeSpan.NanosecondsPerTick));
    }
}
