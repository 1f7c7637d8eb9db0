using NooksOS.Contracts;
using NooksOS.Drivers.Pcnet32;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.Pcnet32;

public sealed class Starting() : StartingSuite(behavior => new Pcnet32Kernel(behavior));

public sealed class Stopping() : StoppingSuite(behavior => new Pcnet32Kernel(behavior));

public sealed class Restarting() : RestartSuite(behavior => new Pcnet32Kernel(behavior));

public sealed class Traffic()
    : TrafficSuite(behavior => new Pcnet32Kernel(behavior), transmitCapacity: (int)Pcnet32TransmitRing.SlotCount);

public sealed class Filtering() : FilteringSuite(behavior => new Pcnet32Kernel(behavior));

public sealed class HostileDevice() : HostileDeviceSuite(behavior => new Pcnet32Kernel(behavior));

public sealed class LinkReporting() : LinkSuite(behavior => new Pcnet32Kernel(behavior), new LinkState(true, false, 10));

public sealed class Counting() : CountingSuite(behavior => new Pcnet32Kernel(behavior));

[Collection(MeasuresMemory.Name)]
public sealed class Allocation() : AllocationSuite(behavior => new Pcnet32Kernel(behavior));
