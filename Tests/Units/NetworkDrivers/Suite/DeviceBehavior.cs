namespace NooksOS.Tests.Units.NetworkDrivers.Suite;

/// <summary>How a model behaves where an emulator's device differs from its manual.</summary>
public enum DeviceBehavior
{
    /// <summary>As the emulator's device does.</summary>
    AsEmulated,

    /// <summary>As the manual says.</summary>
    ByTheManual,
}
