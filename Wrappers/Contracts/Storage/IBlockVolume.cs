using System;

namespace NooksOS.Contracts;

/// <summary>
/// A volume as a file system sees it: sectors, an order among writes, and a way to wait for the medium. Made by the runtime half
/// over <see cref="IBlockServices"/>; a host test makes its own over an array.
/// <para>
/// What is refused: <see cref="CallStatus.BadParameter"/>, sectors outside the volume or a length that is no whole number of
/// them (over the boundary that is a fault of the caller); <see cref="CallStatus.NotSupported"/>, a write to what cannot be
/// written; <see cref="CallStatus.Failed"/>, the device cannot, and the kernel has tried often enough;
/// <see cref="CallStatus.NotFound"/>, the device is gone for good.
/// </para>
/// <para>
/// A write that the device refuses for good makes the volume fail: nothing later reaches the medium, so that what is there keeps
/// its order, and every later write, <see cref="Order"/> and <see cref="Flush"/> answers <see cref="CallStatus.Failed"/>.
/// </para>
/// </summary>
public interface IBlockVolume
{
    /// <summary>The size of a sector: a power of two from 512 to 4096.</summary>
    uint SectorBytes { get; }

    /// <summary>How many sectors there are.</summary>
    ulong SectorCount { get; }

    /// <summary>Whether the volume cannot be written.</summary>
    bool IsReadOnly { get; }

    /// <summary>Reads whole sectors, as they were written last, whether or not they have reached the medium.</summary>
    CallStatus Read(ulong firstSector, Span<byte> destination);

    /// <summary>
    /// Writes whole sectors into the cache. They reach the medium later, in any order between two calls of <see cref="Order"/>;
    /// several writes of one sector there may become one. May wait while too much is unwritten.
    /// </summary>
    CallStatus Write(ulong firstSector, ReadOnlySpan<byte> source);

    /// <summary>
    /// Writes what has to come behind what was written so far, and what nothing has to wait for: it does not reach the medium before
    /// everything that <see cref="Write"/> was given before this, and may reach it after everything that is written until the next
    /// <see cref="Order"/>. So the content of many files, and then the entries of all of them, go to the medium together.
    /// </summary>
    CallStatus WriteLate(ulong firstSector, ReadOnlySpan<byte> source);

    /// <summary>
    /// Nothing that is written after this reaches the medium before everything that was written before it is there, also when the
    /// power fails. Waits for nothing.
    /// </summary>
    CallStatus Order();

    /// <summary>Waits until everything written so far is on the medium, and would be found there after the power has failed.</summary>
    CallStatus Flush();
}
