using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>What the kernel offers to a file system, and nothing that it does not use.</summary>
internal sealed class VfatServices(IBlockVolume volume, IFileSystemHost host) : IExtensionServices
{
    public List<string> Lines { get; } = [];

    public IFileSystemHost FileSystems => host;

    public INetworkDeviceHost NetworkDevices => throw new NotSupportedException();

    public INetworkStackHost NetworkStacks => throw new NotSupportedException();

    public IStateStore State => throw new NotSupportedException();

    public ISynchronizationServices Synchronization => throw new NotSupportedException();

    public IRecoveryServices Recovery => throw new NotSupportedException();

    public ISocketServices Sockets => throw new NotSupportedException();

    public ITransportHost Transport => throw new NotSupportedException();

    public ISystemView SystemView => throw new NotSupportedException();

    public ISystemControl SystemControl => throw new NotSupportedException();

    public IBlockDeviceHost BlockDevices => throw new NotSupportedException();

    public IProcessServices Process => throw new NotSupportedException();

    public ISoundDeviceHost SoundDevices => throw new NotSupportedException();

    public ISoundServices Sound => throw new NotSupportedException();

    public IFileServices Files => throw new NotSupportedException();

    public long MonotonicNanoseconds => 0;

    public IBlockVolume? OpenVolume(uint number) => number == 0 ? volume : null;

    public IConnectionMemory? OpenConnectionMemory() => null;

    public IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities) => null;

    public ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => null;

    public ulong NextRandom() => 1;

    public void Log(string text) => Lines.Add(text);
}
