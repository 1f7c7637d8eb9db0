using NooksOS.Contracts;
using NooksOS.Tests.Units.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.E1000E;

public sealed class Starting() : StartingSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

public sealed class Stopping() : StoppingSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

public sealed class Restarting() : RestartSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

public sealed class Traffic() : TrafficSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior), transmitCapacity: 255);

public sealed class Filtering() : FilteringSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

public sealed class HostileDevice() : HostileDeviceSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

public sealed class LinkReporting()
    : LinkSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior), new LinkState(true, true, 1000));

public sealed class Counting() : CountingSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

[Collection(MeasuresMemory.Name)]
public sealed class Allocation() : AllocationSuite(behavior => new IntelKernel(IntelFamily.E1000E, behavior));

public sealed class Address() : AddressSuite(IntelFamily.E1000E);

public sealed class Counters() : CounterSuite(IntelFamily.E1000E);

public sealed class Registers() : RegisterSuite(IntelFamily.E1000E);

public sealed class Gap() : GapSuite(IntelFamily.E1000E);

public sealed class Spacing() : SpacingSuite(IntelFamily.E1000E);
