using NooksOS.Tests.Units.StorageDrivers.Suite;

namespace NooksOS.Tests.Units.Ahci;

public sealed class Starting() : StartingDiskSuite(behavior => new AhciKernel(behavior));

public sealed class Requests() : RequestSuite(behavior => new AhciKernel(behavior));

public sealed class Restarting() : RestartDiskSuite(behavior => new AhciKernel(behavior));

public sealed class HostileDevice() : HostileDiskSuite(behavior => new AhciKernel(behavior));
