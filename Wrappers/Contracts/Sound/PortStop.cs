namespace NooksOS.Contracts;

/// <summary>
/// How the kernel stops a device whose driver is dead, and reads how far it has come: what was played and what was not must be
/// known to the frame, and only a device that stands still tells it. All registers have 32 bits and lie in a range of ports that
/// the driver holds.
/// </summary>
/// <param name="ControlOffset">A register that lets the device play.</param>
/// <param name="RunMask">The bits of it that do so: cleared, the device stops.</param>
/// <param name="SelectOffset">A register that decides what is behind <paramref name="PositionOffset"/>.</param>
/// <param name="SelectValue">What to write there.</param>
/// <param name="PositionOffset">A register with the number of frames from the start of the ring.</param>
/// <param name="PositionShift">How far to the right they must be shifted.</param>
/// <param name="PositionMask">What is left of them then.</param>
public readonly record struct PortStop(
    uint ControlOffset,
    uint RunMask,
    uint SelectOffset,
    uint SelectValue,
    uint PositionOffset,
    uint PositionShift,
    uint PositionMask);
