using System;

namespace NooksOS.Contracts;

/// <summary>
/// A claimed device as a driver sees it: typed windows instead of addresses. Made by the runtime half over
/// <see cref="IDeviceServices"/>; a host test makes its own.
/// </summary>
public interface IDeviceResources
{
    /// <summary>What the device is.</summary>
    PciIdentity Identity { get; }

    /// <summary>
    /// Reads the function's configuration space, where its capabilities are. The width is 1, 2 or 4 bytes, and the offset, below
    /// 256, a multiple of it. Throws <see cref="InvalidOperationException"/> if the kernel refuses.
    /// </summary>
    uint ReadConfiguration(uint offsetBytes, uint widthBytes);

    /// <summary>Maps a memory BAR. Throws <see cref="InvalidOperationException"/> if the kernel refuses.</summary>
    RegisterWindow MapRegisterWindow(uint barIndex);

    /// <summary>Opens an I/O BAR. Throws <see cref="InvalidOperationException"/> if the kernel refuses.</summary>
    PortWindow OpenPorts(uint barIndex);

    /// <summary>Allocates device-visible memory. Throws <see cref="InvalidOperationException"/> if the kernel refuses.</summary>
    DmaBuffer AllocateDmaBuffer(uint lengthBytes, uint alignmentBytes);

    /// <summary>Opens the interrupt line. Throws <see cref="InvalidOperationException"/> if the kernel refuses.</summary>
    void OpenInterruptLine();

    /// <summary>Lets the device start bus transactions, or forbids it.</summary>
    void SetBusMaster(bool enabled);
}
