using System;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>Ends an instance of the driver in the middle of what it does, as a fault would.</summary>
internal sealed class InstanceKilledException : Exception;
