using System;

namespace NooksOS.Contracts;

/// <summary>
/// A claimed device of the ISA bus as its driver sees it. Made by the runtime half over <see cref="ILegacyDeviceServices"/>; a host
/// test makes its own.
/// </summary>
public interface ILegacyDeviceResources
{
    /// <summary>Opens the ports. Throws <see cref="InvalidOperationException"/> if the kernel refuses.</summary>
    PortWindow OpenPorts();

    /// <summary>Opens the interrupt line. Throws <see cref="InvalidOperationException"/> if the kernel refuses.</summary>
    void OpenInterruptLine();

    /// <summary>
    /// Opens the DMA channel of 8 bits (index 0) or of 16 bits (index 1) with a buffer of its own. Throws
    /// <see cref="InvalidOperationException"/> if the kernel refuses.
    /// </summary>
    DmaChannel OpenDmaChannel(uint index, uint bufferBytes);
}
