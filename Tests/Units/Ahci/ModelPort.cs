using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Numerics;
using System.Text;
using NooksOS.Drivers.Ahci;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.StorageDrivers;

namespace NooksOS.Tests.Units.Ahci;

/// <summary>
/// A port with a disk at it, or with nothing (Serial ATA AHCI 1.3.1 section 3.3 and 6). As QEMU's, its link is up at once. By the
/// book that takes its time, and so does stopping the port.
/// </summary>
internal sealed class ModelPort(
    FakeMemory memory, FakeClock clock, SimulatedMedium medium, Action<bool, string> complain, bool hasDisk, bool isByTheBook)
{
    private const int LooksOfAStop = 4;
    private const long LinkNanoseconds = 2_000_000;
    private const uint Present = 0x113;
    private const uint Ready = 0x50;
    private const uint Absent = 0x7F;

    private readonly Dictionary<PortRegister, uint> _values = [];
    private long _linkNanoseconds;
    private int _looksUntilStopped;
    private uint _commandIssue;
    private uint _sataActive;
    private uint _taskFile = Absent;
    private bool _hasStopped;

    /// <summary>The most commands that it had at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Called when something is to be interrupted for.</summary>
    public Action OnInterrupt { get; set; } = () => { };

    public bool IsInterrupting => (Get(PortRegister.InterruptStatus) & Get(PortRegister.InterruptEnable)) != 0;

    public bool IsAtRest => (Command & (PortCommand.Start | PortCommand.ReceiveFrames)) == 0;

    private PortCommand Command => (PortCommand)Get(PortRegister.Command);

    private uint Outstanding => _commandIssue | _sataActive;

    public void Reset()
    {
        _values.Clear();
        _commandIssue = 0;
        _sataActive = 0;
        _taskFile = Absent;
        _looksUntilStopped = 0;
        _hasStopped = false;
    }

    public void Scramble(Random random)
    {
        foreach (PortRegister register in Enum.GetValues<PortRegister>())
        {
            _values[register] = (uint)random.NextInt64(1L << 32);
        }

        _commandIssue = (uint)random.NextInt64(1L << 32);
        _sataActive = (uint)random.NextInt64(1L << 32);
    }

    public void Raise(uint interrupts)
    {
        _values[PortRegister.InterruptStatus] = Get(PortRegister.InterruptStatus) | interrupts;
        OnInterrupt();
    }

    public uint Read(PortRegister register)
    {
        switch (register)
        {
            case PortRegister.SataStatus:
                return IsLinkUp() ? Present : 0;
            case PortRegister.TaskFile:
                return _taskFile;
            case PortRegister.Signature:
                return IsLinkUp() && (Command & PortCommand.ReceiveFrames) != 0 ? PortValues.DiskSignature : uint.MaxValue;
            case PortRegister.CommandIssue:
                return _commandIssue;
            case PortRegister.SataActive:
                return _sataActive;
            case PortRegister.Command:
                bool isRunning = (Command & PortCommand.Start) != 0 || (_looksUntilStopped > 0 && _looksUntilStopped-- > 0);
                return (uint)(Command | (isRunning ? PortCommand.Running : 0));
            default:
                return Get(register);
        }
    }

    public void Write(PortRegister register, uint value)
    {
        switch (register)
        {
            case PortRegister.InterruptStatus or PortRegister.SataError:
                _values[register] = Get(register) & ~value;
                return;
            case PortRegister.CommandList or PortRegister.ReceivedFrames:
                complain(!IsAtRest, "an address that is changed while the port works");
                complain(value % (register == PortRegister.CommandList ? 1024u : 256u) != 0, "an address that is not aligned");
                break;
            case PortRegister.SataControl:
                ResetLink(value);
                break;
            case PortRegister.Command:
                // That it runs is not the driver's to say.
                value &= (uint)~(PortCommand.Running | PortCommand.ReceivingFrames);
                Change((PortCommand)value);
                break;
            case PortRegister.SataActive:
                complain((Command & PortCommand.Start) == 0, "a tag for a port that does not run");
                _sataActive |= value;
                return;
            case PortRegister.CommandIssue:
                complain((Command & PortCommand.Start) == 0, "a command for a port that does not run");
                complain((value & _commandIssue) != 0, "a slot that is in use");
                _commandIssue |= value;
                MostAtOnce = Math.Max(MostAtOnce, BitOperations.PopCount(Outstanding));
                return;
        }

        _values[register] = value;
    }

    /// <summary>Carries out what it has, in an order by chance if there is one.</summary>
    public void Answer(Random? random)
    {
        while (_commandIssue != 0 && !_hasStopped && (Command & PortCommand.Start) != 0 && memory.IsBusMaster)
        {
            int skipped = random?.Next(BitOperations.PopCount(_commandIssue)) ?? 0;
            uint left = _commandIssue;
            for (; skipped > 0; skipped--)
            {
                left &= left - 1;
            }

            Carry(BitOperations.TrailingZeroCount(left));
        }
    }

    private uint Get(PortRegister register) => _values.GetValueOrDefault(register);

    private bool IsLinkUp()
    {
        bool isWanted = hasDisk && (Command & PortCommand.SpinUp) != 0
            && (Get(PortRegister.SataControl) & PortValues.DetectionMask) != PortValues.ResetLink;
        if (!isWanted || (isByTheBook && clock.Nanoseconds < _linkNanoseconds))
        {
            return false;
        }

        _taskFile = _taskFile == Absent ? Ready : _taskFile;
        return true;
    }

    private void ResetLink(uint control)
    {
        _linkNanoseconds = clock.Nanoseconds + LinkNanoseconds;
        if ((control & PortValues.DetectionMask) != PortValues.ResetLink)
        {
            return;
        }

        complain((Read(PortRegister.Command) & (uint)(PortCommand.Start | PortCommand.Running)) != 0, "a reset of a port that runs");
        _commandIssue = 0;
        _sataActive = 0;
        _taskFile = Absent;
    }

    private void Change(PortCommand command)
    {
        bool starts = (command & ~Command & PortCommand.Start) != 0;
        complain(starts && (command & PortCommand.ReceiveFrames) == 0, "a start without anywhere to put frames");
        complain(starts && (_taskFile & (PortValues.StatusBusy | PortValues.StatusDataRequest)) != 0, "a start while the device is busy");
        if ((Command & ~command & PortCommand.Start) != 0)
        {
            // 3.3.14 and 3.3.13: what was issued is forgotten.
            _commandIssue = 0;
            _sataActive = 0;
            _hasStopped = false;
            _looksUntilStopped = isByTheBook ? LooksOfAStop : 0;
        }
    }

    private void Carry(int slot)
    {
        ulong list = Get(PortRegister.CommandList) | ((ulong)Get(PortRegister.CommandListUpper) << 32);
        byte[] header = new byte[32];
        byte[] frame = new byte[20];
        if (!memory.TryRead(list + (32u * (uint)slot), header))
        {
            Fail(PortInterrupts.HostBusFatal);
            return;
        }

        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(header);
        ulong table = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(8));
        complain(table % 128 != 0 || (flags & 0x1F) != 5, "a header of another form");
        if (!memory.TryRead(table, frame))
        {
            Fail(PortInterrupts.HostBusFatal);
            return;
        }

        complain(frame[0] != CommandFrame.HostToDevice || frame[1] != CommandFrame.IsCommand, "a frame of another form");
        AtaCommand command = (AtaCommand)frame[2];
        bool isQueued = command is AtaCommand.ReadQueued or AtaCommand.WriteQueued;
        uint mask = 1u << slot;
        complain(isQueued != ((_sataActive & mask) != 0), "a tag that does not fit the command");
        complain(!isQueued && _sataActive != 0, "a command that is not queued among those that are");
        complain(isQueued && frame[12] >> 3 != slot, "a queued command with the tag of another slot");
        uint count = isQueued ? (uint)(frame[3] | (frame[11] << 8)) : (uint)(frame[12] | (frame[13] << 8));
        ulong sector = frame[4] | ((ulong)frame[5] << 8) | ((ulong)frame[6] << 16)
            | ((ulong)frame[8] << 24) | ((ulong)frame[9] << 32) | ((ulong)frame[10] << 40);
        bool isDone = Carry(command, sector, count, table, flags >> 16, (flags & (uint)CommandHeaderFlags.Write) != 0);
        if (!isDone)
        {
            Fail(PortInterrupts.TaskFileError);
            return;
        }

        _commandIssue &= ~mask;
        _sataActive &= ~mask;
        Raise((uint)(isQueued ? PortInterrupts.SetDeviceBits : PortInterrupts.DeviceToHostFrame));
    }

    private bool Carry(AtaCommand command, ulong sector, uint count, ulong table, uint regions, bool isWrite)
    {
        switch (command)
        {
            case AtaCommand.FlushCacheExtended:
                complain(regions != 0, "a flush with memory");
                medium.Flushes++;
                return true;
            case AtaCommand.IdentifyDevice:
                return Move(table, regions, MakeIdentity(), toMemory: true);
            case AtaCommand.ReadDmaExtended or AtaCommand.ReadQueued or AtaCommand.WriteDmaExtended or AtaCommand.WriteQueued:
                bool isToMedium = command is AtaCommand.WriteDmaExtended or AtaCommand.WriteQueued;
                complain(isToMedium != isWrite, "data in the wrong direction");
                return medium.CanReach(sector, count) && Move(table, regions, medium.Get(sector, count), toMemory: !isToMedium);
            default:
                complain(true, "a command that the device does not know");
                return false;
        }
    }

    private bool Move(ulong table, uint regions, Span<byte> bytes, bool toMemory)
    {
        byte[] region = new byte[16];
        for (uint index = 0; index < regions; index++)
        {
            memory.TryRead(table + 0x80 + (16 * index), region);
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(region);
            int length = (int)(BinaryPrimitives.ReadUInt32LittleEndian(region.AsSpan(12)) & 0x3F_FFFF) + 1;
            complain(length % 2 != 0 || address % 2 != 0, "a region that is not even");
            if (length > bytes.Length)
            {
                complain(true, "more memory than sectors");
                return false;
            }

            bool isReached = toMemory ? memory.TryWrite(address, bytes[..length]) : memory.TryRead(address, bytes[..length]);
            complain(!isReached, "memory that is nobody's");
            bytes = bytes[length..];
        }

        complain(!bytes.IsEmpty, "less memory than sectors");
        return bytes.IsEmpty;
    }

    private void Fail(PortInterrupts reason)
    {
        _hasStopped = true;
        _taskFile = Ready | PortValues.StatusError;
        Raise((uint)reason);
    }

    // ACS-3 table 45: the words that matter.
    private static byte[] MakeIdentity()
    {
        byte[] identity = new byte[512];
        void Put(int word, int value) => BinaryPrimitives.WriteUInt16LittleEndian(identity.AsSpan(2 * word), (ushort)value);
        void PutText(int word, int words, string text)
        {
            byte[] ascii = Encoding.ASCII.GetBytes(text.PadRight(2 * words));
            for (int index = 0; index < words; index++)
            {
                Put(word + index, (ascii[2 * index] << 8) | ascii[(2 * index) + 1]);
            }
        }

        PutText(10, 10, SimulatedDiskController.SerialNumber);
        PutText(27, 20, "SIMULATED DISK");
        Put(49, (1 << 8) | (1 << 9));
        Put(75, 31);
        Put(76, 1 << 8);
        Put(83, (1 << 14) | (1 << 10) | (1 << 13));
        Put(85, 1 << 5);
        BinaryPrimitives.WriteUInt64LittleEndian(identity.AsSpan(200), SimulatedMedium.SectorCount);
        return identity;
    }
}
