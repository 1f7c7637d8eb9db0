using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>A ring and the memory that it shares with the device.</summary>
public abstract class RingSuite
{
    private protected IntelKernel Kernel { get; } = new(IntelFamily.E1000);

    private protected FakeDmaBuffer Descriptors => Kernel.Memory.Live[0];

    private protected FakeDmaBuffer Buffers => Kernel.Memory.Live[1];
}
