using NooksOS.Tests.Units.StorageDrivers.Suite;

namespace NooksOS.Tests.Units.VirtioBlk;

public sealed class Starting() : StartingDiskSuite(behavior => new VirtioDiskKernel(behavior));

public sealed class Requests() : RequestSuite(behavior => new VirtioDiskKernel(behavior));

public sealed class Restarting() : RestartDiskSuite(behavior => new VirtioDiskKernel(behavior));

public sealed class HostileDevice() : HostileDiskSuite(behavior => new VirtioDiskKernel(behavior));
