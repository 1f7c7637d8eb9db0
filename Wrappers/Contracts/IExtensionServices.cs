using System;

namespace NooksOS.Contracts;

/// <summary>What the kernel offers to an extension.</summary>
public interface IExtensionServices
{
    /// <summary>The network side of the kernel, for drivers.</summary>
    INetworkDeviceHost NetworkDevices { get; }

    /// <summary>The network side of the kernel, for stacks.</summary>
    INetworkStackHost NetworkStacks { get; }

    /// <summary>Memory that outlives the instance.</summary>
    IStateStore State { get; }

    /// <summary>Locks and timers.</summary>
    ISynchronizationServices Synchronization { get; }

    /// <summary>System calls of the recovery agent; refused to anybody else.</summary>
    IRecoveryServices Recovery { get; }

    /// <summary>Sockets.</summary>
    ISocketServices Sockets { get; }

    /// <summary>The kernel's side of connections, for stacks.</summary>
    ITransportHost Transport { get; }

    /// <summary>Documents about the system; refused to all but those that show it to somebody.</summary>
    ISystemView SystemView { get; }

    /// <summary>Orders to the system; refused to all but those that are somebody's console.</summary>
    ISystemControl SystemControl { get; }

    /// <summary>The storage side of the kernel, for drivers.</summary>
    IBlockDeviceHost BlockDevices { get; }

    /// <summary>Opens a volume for the caller alone; null if there is none of this number or somebody has it.</summary>
    IBlockVolume? OpenVolume(uint volume);

    /// <summary>Gives back a volume that <see cref="OpenVolume"/> has opened; somebody else can open it, or one that it shares sectors with.</summary>
    void CloseVolume(IBlockVolume volume);

    /// <summary>The kernel's side of file systems.</summary>
    IFileSystemHost FileSystems { get; }

    /// <summary>Files.</summary>
    IFileServices Files { get; }

    /// <summary>
    /// Makes the caller the one that carries connections, and shows it their blocks; null if it may not, or somebody else is.
    /// </summary>
    IConnectionMemory? OpenConnectionMemory();

    /// <summary>The kernel's side of a process; refused to anything that is none.</summary>
    IProcessServices Process { get; }

    /// <summary>The sound side of the kernel, for drivers.</summary>
    ISoundDeviceHost SoundDevices { get; }

    /// <summary>Sound, for whoever plays something.</summary>
    ISoundServices Sound { get; }

    /// <summary>Claims a device of the ISA bus; null if the machine has none, or somebody else holds it.</summary>
    ILegacyDeviceResources? ClaimLegacyDevice(LegacyDeviceKind kind);

    /// <summary>Claims the first free device among those named; null if there is none.</summary>
    IDeviceResources? ClaimDevice(ReadOnlySpan<PciIdentity> identities);

    /// <summary>Time since boot, in nanoseconds.</summary>
    long MonotonicNanoseconds { get; }

    /// <summary>Random bits that nobody outside of the domain can foresee, whatever others he has seen: good for secrets.</summary>
    ulong NextRandom();

    /// <summary>Appends a line to the kernel log.</summary>
    void Log(string text);
}
