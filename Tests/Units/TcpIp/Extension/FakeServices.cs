using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units.TcpIp.Extension;

/// <summary>What the kernel offers to the stack, and nothing that it does not use.</summary>
internal sealed class FakeServices(
    INetworkStackHost host, IStateStore state, Func<long> clock, ITransportHost? transport = null, IConnectionMemory? connections = null)
    : IExtensionServices
{
    private ulong _random = 1;

    public List<string> Lines { get; } = [];

    public INetworkDeviceHost NetworkDevices => throw new NotSupportedException();

    public INetworkStackHost NetworkStacks => host;

    public IStateStore State => state;

    public ISynchronizationServices Synchronization => throw new NotSupportedException();

    public IRecoveryServices Recovery => throw new NotSupportedException();

    public ISocketServices Sockets => throw new NotSupportedException();

    public ISystemView SystemView => throw new NotSupportedException();

    public IBlockDeviceHost BlockDevices => throw new NotSupportedException();

    public IFileSystemHost FileSystems => throw new NotSupportedException();

    public IFileServices Files => throw new NotSupportedException();

    public IBlockVolume? OpenVolume(uint volume) => throw new NotSupportedException();

    public ISystemControl SystemControl => throw new NotSupportedException();

    public ITransportHost Transport => transport ?? throw new NotSupportedException();

    public IProcessServices Process => throw new NotSupportedException();

    public ISoundDeviceHost SoundDevices => throw new NotSupportedException();

    public ISoundServices Sound => throw new NotSupportedException();

    public ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => null;

    public IConnectionMemory? OpenConnectionMemory()
    {
        _ = transport?.Register();
        return connections;
    }

    public long MonotonicNanoseconds => clock();

    public IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities) => throw new NotSupportedException();

    public ulong NextRandom() => _random++;

    public void Log(string text) => Lines.Add(text);
}
