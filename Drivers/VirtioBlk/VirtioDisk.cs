using System;
using System.Numerics;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;
using NooksOS.Drivers.Virtio;

namespace NooksOS.Drivers.VirtioBlk;

/// <summary>
/// The disk that the device is. A device that does not answer in time, gives up, or writes something impossible into its ring is
/// reset, which makes it let go of everything that it has. One that does not come back takes no more requests, and says that it
/// has none; the kernel ends the driver for it.
/// </summary>
internal sealed class VirtioDisk : BlockUnit
{
    // What a disk may take before it is reset. A flush writes a cache of some hundred megabytes.
    private const long RequestNanoseconds = 8_000_000_000;
    private const long FlushNanoseconds = 30_000_000_000;
    private const long IdentifyNanoseconds = 500_000_000;
    private const long NotTimed = long.MinValue;
    private const int IdentifySlot = 0;

    // §5.2.6: sectors are counted in this unit, whatever their size is.
    private const uint UnitBytes = 512;

    private readonly IExtensionServices _services;
    private readonly VirtioTransport _transport;
    private readonly RequestQueue _requests;
    private readonly uint[] _ids = new uint[RequestQueue.MaximumSlots];
    private readonly BlockResult[] _results = new BlockResult[RequestQueue.MaximumSlots];
    private readonly byte[] _serial = new byte[RequestQueue.IdentityBytes];
    private readonly ulong _allSlots;
    private BlockDeviceDescription _description;
    private int _serialBytes;
    private ulong _issued;
    private ulong _flushes;
    private ulong _ended;
    private DiskState _state;
    private long _quietSinceNanoseconds = NotTimed;

    /// <param name="services">The kernel.</param>
    /// <param name="transport">The device.</param>
    /// <param name="requests">Its queue.</param>
    public VirtioDisk(IExtensionServices services, VirtioTransport transport, RequestQueue requests)
    {
        _services = services;
        _transport = transport;
        _requests = requests;
        _allSlots = ulong.MaxValue >> (RequestQueue.MaximumSlots - requests.Slots);
    }

    private enum DiskState
    {
        /// <summary>Takes requests.</summary>
        Ready,

        /// <summary>Is being reset, or does not come back after that: takes no requests, and none of those that it had ends.</summary>
        Stopped,
    }

    /// <inheritdoc/>
    public override BlockDeviceDescription Description => _description;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Model => "virtio disk"u8;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Serial => _serial.AsSpan(0, _serialBytes);

    /// <inheritdoc/>
    public override uint Outstanding => _state == DiskState.Stopped ? 0 : (uint)BitOperations.PopCount(_issued | _ended);

    /// <summary>Lets the device work, which was just reset and is on the bus, and asks it what it is. False if it does not.</summary>
    public bool TryBringUp(uint unit)
    {
        if (!TryWork() || !TryDescribe(unit))
        {
            return false;
        }

        Identify();
        return _state == DiskState.Ready;
    }

    /// <inheritdoc/>
    public override bool TryBegin(in BlockRequest request, ReadOnlySpan<BlockSegment> segments)
    {
        ulong free = _allSlots & ~(_issued | _ended);
        if (_state != DiskState.Ready || free == 0 || segments.Length > _requests.MaximumSegments)
        {
            return false;
        }

        int slot = BitOperations.TrailingZeroCount(free);
        bool isFlush = request.Operation == BlockOperation.Flush;
        _ids[slot] = request.Id;
        if (isFlush && !_transport.Has(DiskFeatures.Flush))
        {
            // It has no cache that could be emptied.
            _ended |= 1UL << slot;
            _results[slot] = BlockResult.Done;
            return true;
        }

        RequestType type = isFlush ? RequestType.Flush
            : request.Operation == BlockOperation.Write ? RequestType.Write : RequestType.Read;
        _requests.Add(slot, type, request.FirstSector * (_description.SectorBytes / UnitBytes), segments);
        _issued |= 1UL << slot;
        _flushes = isFlush ? _flushes | (1UL << slot) : _flushes & ~(1UL << slot);
        return true;
    }

    /// <inheritdoc/>
    public override void Publish()
    {
        if (_state == DiskState.Ready)
        {
            _transport.Publish(_requests.Queue);
        }
    }

    /// <inheritdoc/>
    public override int Collect(Span<BlockCompletion> completions)
    {
        int count = 0;
        while (_state == DiskState.Ready && TryTake(hasRoom: count < completions.Length, out int slot, out RequestStatus answer))
        {
            _issued &= ~(1UL << slot);
            _quietSinceNanoseconds = NotTimed;
            completions[count++] = new BlockCompletion
            {
                Id = _ids[slot],
                Unit = _description.Unit,
                Result = answer == RequestStatus.Done ? BlockResult.Done : BlockResult.DeviceError,
            };
        }

        if (_requests.Queue.IsBroken && _state == DiskState.Ready)
        {
            _services.Log("a disk has written something impossible into its ring and is reset");
            EndAll(BlockResult.Aborted);
        }

        while (count < completions.Length && _ended != 0)
        {
            int slot = BitOperations.TrailingZeroCount(_ended);
            _ended &= _ended - 1;
            completions[count++] = new BlockCompletion { Id = _ids[slot], Unit = _description.Unit, Result = _results[slot] };
        }

        return count;
    }

    /// <inheritdoc/>
    public override void CheckTime(long nowNanoseconds)
    {
        if (_state != DiskState.Ready || _issued == 0)
        {
            _quietSinceNanoseconds = NotTimed;
            return;
        }

        if ((_transport.Status & VirtioStatus.DeviceNeedsReset) != 0)
        {
            _services.Log("a disk has given up and is reset");
            EndAll(BlockResult.Aborted);
            return;
        }

        if (_quietSinceNanoseconds == NotTimed)
        {
            _quietSinceNanoseconds = nowNanoseconds;
        }

        bool isFlushing = (_flushes & _issued) != 0;
        if (nowNanoseconds - _quietSinceNanoseconds >= (isFlushing ? FlushNanoseconds : RequestNanoseconds))
        {
            _services.Log("a disk does not answer and is reset");
            EndAll(BlockResult.TimedOut);
        }
    }

    /// <summary>
    /// Looks for a request that has ended, if there is room for it. If there is none, the device is asked to interrupt for the next:
    /// also where there was only room for what it had, because nobody need look before something else is begun.
    /// </summary>
    private bool TryTake(bool hasRoom, out int slot, out RequestStatus answer)
    {
        slot = 0;
        answer = RequestStatus.None;
        if (hasRoom && _requests.TryTake(out slot, out answer))
        {
            return true;
        }

        _requests.Queue.RequestInterrupt(afterBuffers: 1);
        return hasRoom && _requests.TryTake(out slot, out answer);
    }

    private bool TryWork()
    {
        _requests.Reset();
        return _transport.TryEnableQueue(_requests.Queue) && _transport.TryStart();
    }

    private bool TryDescribe(uint unit)
    {
        RegisterRegion configuration = _transport.Device;
        uint sectorBytes = _transport.Has(DiskFeatures.SectorBytes)
            ? configuration.Read32((uint)DiskConfiguration.SectorBytes)
            : UnitBytes;
        ulong units = _transport.ReadWhole(static region => region.Read32((uint)DiskConfiguration.Capacity)
            | ((ulong)region.Read32((uint)DiskConfiguration.Capacity + sizeof(uint)) << 32));
        if (sectorBytes is < UnitBytes or > BlockLimits.SegmentBytes || !BitOperations.IsPow2(sectorBytes))
        {
            return false;
        }

        // Where it is not said whether the cache is in use, one that can be emptied is.
        bool hasVolatileCache = _transport.Has(DiskFeatures.Flush)
            && (!_transport.Has(DiskFeatures.CacheMode) || configuration.Read8((uint)DiskConfiguration.WriteBack) != 0);
        _description = new BlockDeviceDescription
        {
            Unit = unit,
            SectorBytes = sectorBytes,
            SectorCount = units / (sectorBytes / UnitBytes),
            QueueDepth = (uint)_requests.Slots,
            MaximumSegments = _requests.MaximumSegments,
            Features = (hasVolatileCache ? BlockDeviceFeatures.VolatileCache : BlockDeviceFeatures.None)
                | (_transport.Has(DiskFeatures.ReadOnly) ? BlockDeviceFeatures.ReadOnly : BlockDeviceFeatures.None),
        };
        return _description.SectorCount != 0;
    }

    /// <summary>Asks for the serial number. A device may have none; one that does not even say so does not work.</summary>
    private void Identify()
    {
        _requests.Add(IdentifySlot, RequestType.Identify, 0, [_requests.IdentitySegmentOf(IdentifySlot)]);
        _transport.Publish(_requests.Queue);
        Deadline deadline = new(_services, IdentifyNanoseconds);
        RequestStatus answer;
        while (!_requests.TryTake(out _, out answer))
        {
            // To read is to wait, and lets the clock be looked at.
            if (_transport.Status != VirtioTransport.Working || deadline.HasPassed())
            {
                _state = DiskState.Stopped;
                return;
            }
        }

        // For the first request, before which nobody looks again.
        _requests.Queue.RequestInterrupt(afterBuffers: 1);
        if (answer != RequestStatus.Done)
        {
            return;
        }

        foreach (byte character in _requests.IdentityOf(IdentifySlot))
        {
            if (character is <= (byte)' ' or >= 0x7F)
            {
                break;
            }

            _serial[_serialBytes++] = character;
        }
    }

    /// <summary>Resets the device. Everything that it has ends in the same way, once it has let go of it.</summary>
    private void EndAll(BlockResult result)
    {
        // First, because others look in here while the time is asked for.
        _state = DiskState.Stopped;
        if (!_transport.TryReset() || !TryWork())
        {
            _services.Log("a disk does not come back after a reset");
            return;
        }

        for (ulong left = _issued; left != 0; left &= left - 1)
        {
            _results[BitOperations.TrailingZeroCount(left)] = result;
        }

        _ended |= _issued;
        _issued = 0;
        _quietSinceNanoseconds = NotTimed;
        _state = DiskState.Ready;
    }
}
