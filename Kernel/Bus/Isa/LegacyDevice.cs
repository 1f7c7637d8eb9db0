namespace NooksOS.Kernel.Bus.Isa;

/// <summary>Where a device of the ISA bus is.</summary>
/// <param name="Name">What drivers call it in their projects.</param>
/// <param name="FirstPort">Its first port.</param>
/// <param name="PortCount">How many ports it has.</param>
/// <param name="InterruptLine">Its interrupt line.</param>
/// <param name="DmaChannels">Its DMA channels.</param>
public sealed record LegacyDevice(string Name, ushort FirstPort, uint PortCount, byte InterruptLine, byte[] DmaChannels);
