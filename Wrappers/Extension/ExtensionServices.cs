using System;
using System.Text.Unicode;
using NooksOS.Contracts;

namespace NooksOS.Wrappers;

/// <summary>What the kernel offers, as an extension sees it.</summary>
internal sealed class ExtensionServices : IExtensionServices
{
    private readonly SipHash _random;
    private ulong _randomCount;

    internal ExtensionServices()
    {
        RuntimeServicesClient kernel = default;
        kernel.GetRandomBits().TryGet(out ulong first);
        kernel.GetRandomBits().TryGet(out ulong second);
        _random = new SipHash(first, second);
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
    public void CloseVolume(IBlockVolume volume) => (volume as OpenedVolume)?.Close();

    /// <inheritdoc/>
    public IProcessServices Process { get; } = default(ProcessServicesClient);

    /// <inheritdoc/>
    public ISoundDeviceHost SoundDevices { get; } = default(SoundDeviceHostClient);

    /// <inheritdoc/>
    public ISoundServices Sound { get; } = default(SoundServicesClient);

    /// <inheritdoc/>
    public ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind)
        => default(LegacyDeviceServicesClient).ClaimLegacyDevice(kind).TryGet(out Handle<TrackedObjects.Device> device)
            ? new LegacyDeviceResources(device)
            : null;

    /// <inheritdoc/>
    public IFileSystemHost FileSystems { get; } = default(FileSystemHostClient);

    /// <inheritdoc/>
    public IFileServices Files { get; } = default(FileServicesClient);

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
    public ulong NextRandom() => _random.Hash(_randomCount++, 0, 0);

    /// <inheritdoc/>
    public void Log(string text)
    {
        Span<byte> line = stackalloc byte[ReportLimits.MessageBytes];
        Utf8.FromUtf16(text, line, out _, out int written);
        default(RuntimeServicesClient).WriteLog(line[..written]);
    }
}
