namespace NooksOS.Kernel.Bus.Acpi;

/// <summary>How an interrupt reaches the I/O APICs.</summary>
/// <param name="Line">Global number of the input.</param>
/// <param name="IsLevelTriggered">Whether the input stays asserted until the device is served.</param>
/// <param name="IsActiveLow">Polarity of the input.</param>
public readonly record struct InterruptRoute(uint Line, bool IsLevelTriggered, bool IsActiveLow);
