using System;
using System.Text.Unicode;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>What the kernel offers, as an extension sees it.</summary>
internal sealed class ExtensionServices : IExtensionServices
{
    // Splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
    private const ulong RandomStep = 0x9E37_79B9_7F4A_7C15;

    private ulong _randomState;

    internal ExtensionServices()
    {
        RuntimeServicesClient kernel = default;
        kernel.GetUtcTicks().TryGet(out long ticks);
        _randomState = ((ulong)ticks << 20) ^ (ulong)MonotonicNanoseconds;
    }

    /// <inheritdoc/>
    public INetworkDeviceHost NetworkDevices { get; } = default(NetworkDeviceHostClient);

    /// <inheritdoc/>
    public INetworkStackHost NetworkStacks { get; } = default(NetworkStackHostClient);

    /// <inheritdoc/>
    public IStateStore State { get; } = default(StateStoreClient);

    /// <inheritdoc/>
    public ISynchronizationServices Synchronization { get; } = default(SynchronizationServicesClient);

    /// <inheritdoc/>
    public IRecoveryServices Recovery { get; } = default(RecoveryServicesClient);

    /// <inheritdoc/>
    public ISocketServices Sockets { get; } = default(SocketServicesClient);

    /// <inheritdoc/>
    public ITransportHost Transport { get; } = default(TransportHostClient);

    /// <inheritdoc/>
    public ISystemView SystemView { get; } = default(SystemViewClient);

    /// <inheritdoc/>
    public ISystemControl SystemControl { get; } = default(SystemControlClient);

    /// <inheritdoc/>
    public IBlockDeviceHost BlockDevices { get; } = default(BlockDeviceHostClient);

    /// <inheritdoc/>
    public IBlockVolume? OpenVolume(uint volume)
        => default(BlockServicesClient).Open(volume).TryGet(out VolumeDescription description) ? new OpenedVolume(description) : null;

    /// <inheritdoc/>
    public IConnectionMemory? OpenConnectionMemory()
        => Transport.Register().TryGet(out ConnectionMemoryDescription memory) ? new MappedConnectionMemory(memory) : null;

    /// <inheritdoc/>
    public long MonotonicNanoseconds
    {
        get
        {
            default(RuntimeServicesClient).GetMonotonicNanoseconds().TryGet(out long now);
            return now;
        }
    }

    /// <inheritdoc/>
    public IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities)
        => default(DeviceServicesClient).ClaimDevice(identities).TryGet(out DeviceDescription device) ? new DeviceResources(device) : null;

    /// <inheritdoc/>
    public ulong NextRandom()
    {
        _randomState += RandomStep;
        ulong bits = _randomState;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }

    /// <inheritdoc/>
    public void Log(string text)
    {
        Span<byte> line = stackalloc byte[ReportLimits.MessageBytes];
        Utf8.FromUtf16(text, line, out _, out int written);
        default(RuntimeServicesClient).WriteLog(line[..written]);
    }
}
