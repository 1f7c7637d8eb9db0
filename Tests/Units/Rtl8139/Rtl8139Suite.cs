using NooksOS.Contracts;
using NooksOS.Drivers.Rtl8139;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.Rtl8139;

public sealed class Starting() : StartingSuite(behavior => new Rtl8139Kernel(behavior));

public sealed class Stopping() : StoppingSuite(behavior => new Rtl8139Kernel(behavior));

public sealed class Restarting() : RestartSuite(behavior => new Rtl8139Kernel(behavior));

public sealed class Traffic()
    : TrafficSuite(behavior => new Rtl8139Kernel(behavior), transmitCapacity: (int)Rtl8139TransmitRing.SlotCount - 1);

public sealed class Filtering() : FilteringSuite(behavior => new Rtl8139Kernel(behavior));

public sealed class HostileDevice() : HostileDeviceSuite(behavior => new Rtl8139Kernel(behavior));

public sealed class LinkReporting() : LinkSuite(behavior => new Rtl8139Kernel(behavior), new LinkState(true, true, 100));

public sealed class Counting() : CountingSuite(behavior => new Rtl8139Kernel(behavior));

[Collection(MeasuresMemory.Name)]
public sealed class Allocation() : AllocationSuite(behavior => new Rtl8139Kernel(behavior));
