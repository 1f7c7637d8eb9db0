using System.Collections.Generic;

namespace NooksOS.Drivers.Storage;

/// <summary>
/// A PCI function with one or several disks behind it. <see cref="BlockDriver"/> calls it, one thread at a time, and in this
/// order: <see cref="TryReset"/>, then on the bus <see cref="TryStart"/>, then the requests, then <see cref="Rest"/>.
/// </summary>
public abstract class BlockController
{
    /// <summary>The disks that <see cref="TryStart"/> has found.</summary>
    public abstract IReadOnlyList<BlockUnit> Units { get; }

    /// <summary>
    /// Puts the device to rest from any state: a predecessor can have died at any instruction, and what it had begun must not
    /// reach memory any more. It is off the bus. False if there is no device.
    /// </summary>
    public abstract bool TryReset();

    /// <summary>
    /// Prepares everything that requests need, finds the disks, and lets the device interrupt. It is on the bus. False if it does
    /// not work.
    /// </summary>
    /// <param name="firstUnit">The number of its first disk.</param>
    public abstract bool TryStart(uint firstUnit);

    /// <summary>Puts the device to rest: no interrupt, and nothing of what it was given reaches memory or the medium any more.</summary>
    public abstract void Rest();

    /// <summary>Reads why the device asserts its line, and makes it deassert it. False if it was not this device.</summary>
    public abstract bool TakeInterrupt();
}
