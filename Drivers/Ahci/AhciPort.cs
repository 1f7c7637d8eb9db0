using System;
using System.Numerics;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Drivers.Storage;

namespace NooksOS.Drivers.Ahci;

/// <summary>
/// A disk behind a port. Reads and writes go to it as queued commands, all of them at once; a flush, which cannot be queued, goes
/// alone.
/// <para>
/// After an error the device is reset, which ends everything that it had. When the commands were queued, which of them has failed
/// is not asked but found out: they are handed back as aborted, and as many as there were then go one by one, so that the one
/// that fails does so alone. A port that does not come back takes no more requests, and says that it has none; the kernel ends
/// the driver for it, and the next instance resets the whole controller.
/// </para>
/// </summary>
internal sealed class AhciPort : BlockUnit
{
    private const long IdentifyNanoseconds = 500_000_000;

    // What a disk may take before it is reset. A flush writes a cache of some hundred megabytes.
    private const long RequestNanoseconds = 8_000_000_000;
    private const long FlushNanoseconds = 30_000_000_000;
    private const long ResetNanoseconds = 10_000_000_000;
    private const long NotTimed = long.MinValue;

    private readonly IExtensionServices _services;
    private readonly PortWindow _port;
    private readonly PortLink _link;
    private readonly PortMemory _memory;
    private readonly uint[] _ids = new uint[PortMemory.Slots];
    private readonly uint _unit;
    private AtaIdentity _identity;
    private uint _usableSlots;
    private uint _begun;
    private uint _issued;
    private uint _done;
    private uint _ended;
    private BlockResult _endedResult;
    private uint _aloneCount;
    private bool _isQueued;
    private bool _isFlush;
    private bool _hasError;
    private PortState _state;
    private long _quietSinceNanoseconds = NotTimed;

    /// <param name="services">The kernel.</param>
    /// <param name="port">The registers.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="unit">The number of the disk.</param>
    public AhciPort(IExtensionServices services, PortWindow port, PortMemory memory, uint unit)
    {
        _services = services;
        _port = port;
        _link = new PortLink(services, port);
        _memory = memory;
        _unit = unit;
    }

    private enum PortState
    {
        /// <summary>Takes requests.</summary>
        Ready,

        /// <summary>Waits for the device after a reset.</summary>
        Resetting,

        /// <summary>Only a reset of the whole controller helps.</summary>
        Stuck,
    }

    /// <inheritdoc/>
    public override BlockDeviceDescription Description => new()
    {
        Unit = _unit,
        SectorBytes = _identity.SectorBytes,
        SectorCount = _identity.SectorCount,
        QueueDepth = Math.Max(1, (uint)BitOperations.PopCount(_usableSlots)),
        MaximumSegments = BlockLimits.SegmentsPerRequest,
        Features = _identity.HasVolatileCache ? BlockDeviceFeatures.VolatileCache : BlockDeviceFeatures.None,
    };

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Model => _identity.Model;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Serial => _identity.Serial;

    /// <inheritdoc/>
    public override uint Outstanding
    {
        get
        {
            uint requests = (uint)BitOperations.PopCount(Busy);
            return _state == PortState.Stuck ? 0 : requests == 0 && _state == PortState.Resetting ? 1 : requests;
        }
    }

    /// <summary>Whether there is a device at all.</summary>
    public bool IsPresent => _port.IsDevicePresent;

    /// <summary>Begins to bring up the port, whose controller was just reset and is on the bus.</summary>
    public void PowerUp()
    {
        _memory.Clear();
        _port.WriteAddress(PortRegister.CommandList, _memory.CommandListAddress);
        _port.WriteAddress(PortRegister.ReceivedFrames, _memory.FramesAddress);
        _link.PowerUp();
    }

    /// <summary>Goes on with it when the link is up. False, and the port is at rest, if there is no disk.</summary>
    /// <param name="slots">How many command slots the controller has.</param>
    /// <param name="canQueue">Whether it can queue commands.</param>
    public bool TryBringUp(uint slots, bool canQueue)
    {
        if (!IsPresent || !_link.TryBringUp() || !TryIdentify())
        {
            Rest();
            return false;
        }

        uint depth = canQueue ? Math.Min(slots, _identity.QueueDepth) : 0;
        _usableSlots = (uint)((1UL << (int)depth) - 1);
        _port.ClearErrors();
        _port.Write(PortRegister.InterruptEnable, (uint)PortInterrupts.Wanted);
        return true;
    }

    /// <summary>Puts the port to rest.</summary>
    public void Rest() => _link.Stop();

    /// <summary>Reads why the port interrupts, and makes it stop.</summary>
    public void TakeInterrupt()
    {
        uint interrupts = _port.Read(PortRegister.InterruptStatus);
        _port.Write(PortRegister.InterruptStatus, interrupts);
        _hasError |= ((PortInterrupts)interrupts & PortInterrupts.Errors) != 0;
    }

    /// <inheritdoc/>
    public override bool TryBegin(in BlockRequest request, ReadOnlySpan<BlockSegment> segments)
    {
        bool isFlush = request.Operation == BlockOperation.Flush;
        bool isQueued = !isFlush && _usableSlots != 0 && _aloneCount == 0;
        uint busy = Busy;

        // Queued commands and others must not meet in the device (ACS-3, 4.14.1).
        if (_state != PortState.Ready || _hasError || (busy != 0 && (!isQueued || !_isQueued)))
        {
            return false;
        }

        int slot = BitOperations.TrailingZeroCount(isQueued ? _usableSlots & ~busy : 1);
        if (slot == PortMemory.Slots)
        {
            return false;
        }

        bool isWrite = request.Operation == BlockOperation.Write;
        AtaCommand command = isFlush ? AtaCommand.FlushCacheExtended
            : isQueued ? (isWrite ? AtaCommand.WriteQueued : AtaCommand.ReadQueued)
            : isWrite ? AtaCommand.WriteDmaExtended : AtaCommand.ReadDmaExtended;
        _memory.Fill(slot, MakeFrame(command, request.FirstSector, request.SectorCount, isQueued, slot), isWrite, segments);
        _ids[slot] = request.Id;
        _begun |= 1u << slot;
        _isQueued = isQueued;
        _isFlush = isFlush;
        return true;
    }

    /// <inheritdoc/>
    public override void Publish()
    {
        uint begun = _begun;
        if (begun == 0)
        {
            return;
        }

        _begun = 0;
        _issued |= begun;

        // The command must be in memory before the device is told of it.
        Thread.MemoryBarrier();
        if (_isQueued)
        {
            // 5.3.2: before the command is issued, because the device may end it at once.
            _port.Write(PortRegister.SataActive, begun);
        }

        _port.Write(PortRegister.CommandIssue, begun);
    }

    /// <inheritdoc/>
    public override int Collect(Span<BlockCompletion> completions)
    {
        if (_done == 0 && _ended == 0 && _issued != 0 && _state == PortState.Ready)
        {
            FindEnded();
        }

        int count = Take(completions, ref _done, BlockResult.Done);
        return count + Take(completions[count..], ref _ended, _endedResult);
    }

    /// <inheritdoc/>
    public override void CheckTime(long nowNanoseconds)
    {
        if (_state == PortState.Stuck || (_state == PortState.Ready && (_issued == 0 || _ended != 0)))
        {
            _quietSinceNanoseconds = NotTimed;
            return;
        }

        if (_quietSinceNanoseconds == NotTimed)
        {
            _quietSinceNanoseconds = nowNanoseconds;
        }

        long quietNanoseconds = nowNanoseconds - _quietSinceNanoseconds;
        if (_state == PortState.Resetting)
        {
            if (_link.TryFinishReset())
            {
                _state = PortState.Ready;
                _quietSinceNanoseconds = NotTimed;
            }
            else if (quietNanoseconds >= ResetNanoseconds)
            {
                _services.Log("a disk does not come back after a reset");
                _state = PortState.Stuck;
            }
        }
        else if (quietNanoseconds >= (_isFlush ? FlushNanoseconds : RequestNanoseconds))
        {
            _services.Log("a disk does not answer and is reset");
            EndAll(BlockResult.TimedOut);
        }
    }

    private uint Busy => _begun | _issued | _done | _ended;

    private static CommandFrame MakeFrame(AtaCommand command, ulong sector, uint count, bool isQueued, int tag)
    {
        // ACS-3, 7.24 and 7.62: queued commands have the count in the features and the tag in the count.
        uint features = isQueued ? count : 0;
        uint counted = isQueued ? (uint)tag << 3 : count;
        return new CommandFrame
        {
            Type = CommandFrame.HostToDevice,
            Flags = CommandFrame.IsCommand,
            Command = command,
            FeaturesLow = (byte)features,
            FeaturesHigh = (byte)(features >> 8),
            Address0 = (byte)sector,
            Address1 = (byte)(sector >> 8),
            Address2 = (byte)(sector >> 16),
            Address3 = (byte)(sector >> 24),
            Address4 = (byte)(sector >> 32),
            Address5 = (byte)(sector >> 40),
            Device = CommandFrame.LogicalAddress,
            CountLow = (byte)counted,
            CountHigh = (byte)(counted >> 8),
        };
    }

    private bool TryIdentify()
    {
        CommandFrame frame = MakeFrame(AtaCommand.IdentifyDevice, 0, 0, isQueued: false, tag: 0);
        _memory.Fill(0, frame, isWrite: false, [_memory.IdentitySegment]);
        Thread.MemoryBarrier();
        _port.Write(PortRegister.CommandIssue, 1);
        Deadline deadline = new(_services, IdentifyNanoseconds);
        while ((_port.Read(PortRegister.CommandIssue) & 1) != 0)
        {
            if (deadline.HasPassed())
            {
                return false;
            }
        }

        return _port.IsDeviceReady && !_port.HasDeviceFailed && AtaIdentity.TryRead(_memory.Identity, out _identity);
    }

    /// <summary>Looks at which of the commands the device is done with. None of those that were found last is left.</summary>
    private void FindEnded()
    {
        uint active = _port.Read(PortRegister.CommandIssue) | (_isQueued ? _port.Read(PortRegister.SataActive) : 0);
        bool hasFailed = _hasError || _port.HasDeviceFailed;

        // One that is not queued is the only one, and whether the port still shows it after it has failed differs from one
        // controller to the next.
        _done = !_isQueued && hasFailed ? 0 : _issued & ~active;
        _issued &= ~_done;
        if (_done != 0)
        {
            _quietSinceNanoseconds = NotTimed;
            _aloneCount -= Math.Min(_aloneCount, _isQueued ? 0u : 1u);
        }

        if (hasFailed)
        {
            EndAll(_isQueued ? BlockResult.Aborted : BlockResult.DeviceError);
        }
    }

    /// <summary>
    /// Resets the device. Everything that it has ends in the same way, once it has let go of it: of a port that does not stop,
    /// nothing ends.
    /// </summary>
    private void EndAll(BlockResult result)
    {
        // First, because others look in here while the time is asked for.
        _state = PortState.Resetting;
        _quietSinceNanoseconds = NotTimed;
        if (!_link.TryBeginReset())
        {
            _state = PortState.Stuck;
            return;
        }

        _ended = _issued | _begun;
        _endedResult = result;
        _aloneCount = _isQueued ? (uint)BitOperations.PopCount(_ended) : _aloneCount - Math.Min(_aloneCount, 1);
        _issued = 0;
        _begun = 0;
        _hasError = false;
        _state = _link.TryFinishReset() ? PortState.Ready : PortState.Resetting;
    }

    private int Take(Span<BlockCompletion> completions, ref uint slots, BlockResult result)
    {
        int count = 0;
        while (slots != 0 && count < completions.Length)
        {
            int slot = BitOperations.TrailingZeroCount(slots);
            slots &= slots - 1;
            completions[count++] = new BlockCompletion { Id = _ids[slot], Unit = _unit, Result = result };
        }

        return count;
    }
}
