using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Tests.Units;

/// <summary>
/// What the kernel offers to an extension, for tests of one that needs little of it: what a derived class does not offer, nobody may
/// ask for.
/// </summary>
internal abstract class RefusedServices : IExtensionServices
{
    /// <summary>What was logged.</summary>
    public List<string> Lines { get; } = [];

    public virtual INetworkDeviceHost NetworkDevices => throw new NotSupportedException();

    public virtual INetworkStackHost NetworkStacks => throw new NotSupportedException();

    public virtual IStateStore State => throw new NotSupportedException();

    public virtual ISynchronizationServices Synchronization => throw new NotSupportedException();

    public virtual IRecoveryServices Recovery => throw new NotSupportedException();

    public virtual ISocketServices Sockets => throw new NotSupportedException();

    public virtual ITransportHost Transport => throw new NotSupportedException();

    public virtual ISystemView SystemView => throw new NotSupportedException();

    public virtual ISystemControl SystemControl => throw new NotSupportedException();

    public virtual IBlockDeviceHost BlockDevices => throw new NotSupportedException();

    public virtual IFileSystemHost FileSystems => throw new NotSupportedException();

    public virtual IFileServices Files => throw new NotSupportedException();

    public virtual IProcessServices Process => throw new NotSupportedException();

    public virtual ISoundDeviceHost SoundDevices => throw new NotSupportedException();

    public virtual ISoundServices Sound => throw new NotSupportedException();

    public virtual long MonotonicNanoseconds => throw new NotSupportedException();

    public virtual IBlockVolume? OpenVolume(uint volume) => throw new NotSupportedException();

    public virtual void CloseVolume(IBlockVolume volume) => throw new NotSupportedException();

    public virtual IConnectionMemory? OpenConnectionMemory() => throw new NotSupportedException();

    public virtual IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities) => throw new NotSupportedException();

    public virtual ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind) => throw new NotSupportedException();

    public virtual ulong NextRandom() => throw new NotSupportedException();

    public void Log(string text) => Lines.Add(text);
}
