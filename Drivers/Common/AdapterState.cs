namespace NooksOS.Drivers;

/// <summary>What the driver is doing with the device.</summary>
internal enum AdapterState
{
    /// <summary>The device is at rest and off the bus.</summary>
    Closed,

    /// <summary>The device is being brought up or down. Calls to the kernel on the way let other threads in.</summary>
    Changing,

    /// <summary>Frames pass.</summary>
    Open,
}
