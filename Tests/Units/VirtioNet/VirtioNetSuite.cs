using NooksOS.Contracts;
using NooksOS.Tests.Units.NetworkDrivers.Suite;
using Xunit;

namespace NooksOS.Tests.Units.VirtioNet;

public sealed class Starting() : StartingSuite(behavior => new VirtioKernel(behavior));

public sealed class Stopping() : StoppingSuite(behavior => new VirtioKernel(behavior));

public sealed class Restarting() : RestartSuite(behavior => new VirtioKernel(behavior));

public sealed class Traffic() : TrafficSuite(behavior => new VirtioKernel(behavior), transmitCapacity: 256);

public sealed class Filtering() : FilteringSuite(behavior => new VirtioKernel(behavior));

public sealed class HostileDevice() : HostileDeviceSuite(behavior => new VirtioKernel(behavior));

public sealed class LinkReporting()
    : LinkSuite(behavior => new VirtioKernel(behavior), new LinkState(true, true, 10_000));

public sealed class Counting() : CountingSuite(behavior => new VirtioKernel(behavior));

[Collection(MeasuresMemory.Name)]
public sealed class Allocation() : AllocationSuite(behavior => new VirtioKernel(behavior));

