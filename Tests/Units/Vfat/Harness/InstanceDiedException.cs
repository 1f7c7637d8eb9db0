using System;

namespace NooksOS.Tests.Units.Vfat;

/// <summary>The instance of the file system ends here, in the middle of whatever it does.</summary>
internal sealed class InstanceDiedException : Exception;
