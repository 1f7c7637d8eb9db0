using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Drivers.E1000E;
using NooksOS.Drivers.Intel8254x;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Intel8254x;

/// <summary>
/// The device as seen through its registers. As QEMU's, a reset only clears its own bit and a write of TDT sends at once; after a
/// write of RCTL the older family is deaf for a second. By the manual, it resets, and is never deaf.
/// </summary>
internal sealed class IntelModel : SimulatedDevice
{
    private const uint MasterDisable = 1u << 2;
    private const uint MasterEnabled = 1u << 19;
    private const int DescriptorBytes = 16;
    private const long DeafNanoseconds = 1_000_000_000;
    private const long EepromReloadNanoseconds = 1_000_000;
    private const uint PowerOnStatus = 0x8008_0783;

    private readonly uint[] _registers = new uint[0x20000 / sizeof(uint)];
    private readonly ushort[] _eeprom = new ushort[64];
    private readonly Queue<byte[]> _waiting = new();
    private long _deafUntilNanoseconds;
    private long _reloadUntilNanoseconds;

    private readonly IntelFamily _family;
    private readonly bool _honoursReset;

    public IntelModel(IntelFamily family, DeviceBehavior behavior, FakeMemory memory, FakeClock clock, MacAddress address)
        : base(memory, clock)
    {
        _family = family;
        _honoursReset = behavior == DeviceBehavior.ByTheManual;
        for (int word = 0; word < 3; word++)
        {
            _eeprom[word] = (ushort)(address.Bits >> (16 * word));
        }

        this[IntelRegister.DeviceStatus] = PowerOnStatus;
        this[IntelRegister.DeviceControl] = (uint)DeviceControl.SetLinkUp;
        LoadEeprom();
    }

    public override PciIdentity Identity => _family.Identity;

    public override uint RegisterBar => 0;

    public override uint WindowBytes { get; set; } = 0x20000;

    /// <summary>Whether the EEPROM answers.</summary>
    public bool HasEeprom { get; set; } = true;

    public int ReceiveControlWrites { get; private set; }

    public override bool IsLineAsserted => (this[IntelRegister.InterruptCauseRead] & this[IntelRegister.InterruptMaskSet]) != 0;

    public int Waiting => _waiting.Count;

    /// <summary>Whether the device is quiet, and knows no memory but that of the present instance.</summary>
    public override bool IsReadyForTheBus
    {
        get
        {
            ulong ring = Wide(IntelRegister.ReceiveDescriptorBaseLow);
            bool isReady = this[IntelRegister.InterruptMaskSet] == 0
                && !CanTransmit
                && Memory.IsLive(Wide(IntelRegister.TransmitDescriptorBaseLow), this[IntelRegister.TransmitDescriptorLength])
                && Memory.IsLive(ring, this[IntelRegister.ReceiveDescriptorLength]);
            for (uint slot = 0; isReady && slot < this[IntelRegister.ReceiveDescriptorLength] / DescriptorBytes; slot++)
            {
                ReadOnlySpan<byte> descriptor = Memory.Peek(ring + (slot * DescriptorBytes), DescriptorBytes);
                isReady = Memory.IsLive(BinaryPrimitives.ReadUInt64LittleEndian(descriptor), IntelReceiveRing.BufferBytes);
            }

            return isReady;
        }
    }

    public uint this[IntelRegister register]
    {
        get => _registers[(uint)register / sizeof(uint)];
        set => _registers[(uint)register / sizeof(uint)] = value;
    }

    /// <summary>A frame arrives. It waits outside while the device says that it cannot take it.</summary>
    public override void Arrive(byte[] frame)
    {
        if (_waiting.Count == 0 && CanReceive())
        {
            Receive(frame);
        }
        else
        {
            _waiting.Enqueue(frame);
        }
    }

    /// <summary>
    /// Offers what waits outside. QEMU's network layer does not ask again whether the device can take it, and a frame for
    /// which there is no descriptor, or no bus, is lost.
    /// </summary>
    public override void Flush()
    {
        while (_waiting.Count != 0 && (_honoursReset ? CanReceive() : Clock.Nanoseconds >= _deafUntilNanoseconds))
        {
            if (HasDescriptors && IsReceiverEnabled)
            {
                Receive(_waiting.Dequeue());
                continue;
            }

            Raise(InterruptCauses.ReceiveOverrun);
            if (_family.IsExpress && IsReceiverEnabled)
            {
                break;
            }

            this[IntelRegister.MissedPacketCount]++;
            _waiting.Dequeue();
        }
    }

    /// <summary>The addresses stay now and then, so that the device goes on to work.</summary>
    public override void ScribbleOverMemory(Random random)
    {
        FakeDmaBuffer ring = Memory.Live[random.Next(2) == 0 ? 0 : 2];
        for (int count = random.Next(1, 64); count > 0; count--)
        {
            Span<byte> descriptor = ring.Bytes.Slice(DescriptorBytes * random.Next(ring.Bytes.Length / DescriptorBytes), DescriptorBytes);
            random.NextBytes(random.Next(2) == 0 ? descriptor : descriptor[8..]);
        }
    }

    public override void SetLink(bool isUp)
    {
        uint bit = (uint)DeviceStatus.LinkUp;
        this[IntelRegister.DeviceStatus] = (this[IntelRegister.DeviceStatus] & ~bit) | (isUp ? bit : 0);
        Raise(InterruptCauses.LinkChanged);
    }

    public void Raise(InterruptCauses causes) => this[IntelRegister.InterruptCauseRead] |= (uint)causes;

    /// <summary>Puts values into all registers that no driver would put there. The link is spared.</summary>
    public override void Scramble(Random random)
    {
        uint status = this[IntelRegister.DeviceStatus];
        for (int index = 0; index < _registers.Length; index++)
        {
            _registers[index] = (uint)random.NextInt64();
        }

        this[IntelRegister.DeviceStatus] = status;
    }

    /// <summary>Sends what the ring holds.</summary>
    public override void TransmitPending()
    {
        if (!CanTransmit)
        {
            return;
        }

        uint slots = this[IntelRegister.TransmitDescriptorLength] / DescriptorBytes;
        Span<byte> descriptor = stackalloc byte[DescriptorBytes];
        for (uint sent = 0; sent < slots && this[IntelRegister.TransmitDescriptorHead] != this[IntelRegister.TransmitDescriptorTail]; sent++)
        {
            uint head = this[IntelRegister.TransmitDescriptorHead];
            ulong address = Wide(IntelRegister.TransmitDescriptorBaseLow) + (head * DescriptorBytes);
            if (Memory.TryRead(address, descriptor))
            {
                Transmit(address, descriptor);
            }

            this[IntelRegister.TransmitDescriptorHead] = (head + 1) % slots;
        }
    }

    private void Transmit(ulong address, Span<byte> descriptor)
    {
        byte[] frame = new byte[BinaryPrimitives.ReadUInt16LittleEndian(descriptor[8..])];
        if (Memory.TryRead(BinaryPrimitives.ReadUInt64LittleEndian(descriptor), frame))
        {
            Sent.Add(frame);
        }

        TransmitCommand command = (TransmitCommand)descriptor[11];
        Complain(!command.HasFlag(TransmitCommand.EndOfPacket | TransmitCommand.InsertChecksum), "a descriptor that is no whole frame");
        if (command.HasFlag(TransmitCommand.ReportStatus))
        {
            descriptor[12] |= (byte)TransmitStatus.Done;
            Memory.TryWrite(address + 12, descriptor.Slice(12, 1));
            Raise(InterruptCauses.TransmitWrittenBack);
        }
    }

    private bool CanTransmit => (this[IntelRegister.TransmitControl] & (uint)TransmitControl.Enable) != 0
        && (!_family.IsExpress || (this[E1000ERegisters.TransmitArbitration] & (uint)TransmitArbitration.Enable) != 0);

    private bool HasDescriptors =>
        this[IntelRegister.ReceiveDescriptorHead] != this[IntelRegister.ReceiveDescriptorTail]
        && this[IntelRegister.ReceiveDescriptorLength] != 0;

    private bool IsReceiverEnabled =>
        (this[IntelRegister.DeviceStatus] & (uint)DeviceStatus.LinkUp) != 0
        && (this[IntelRegister.ReceiveControl] & (uint)ReceiveControl.Enable) != 0;

    private bool CanReceive() =>
        IsReceiverEnabled && HasDescriptors && Memory.IsBusMaster && Clock.Nanoseconds >= _deafUntilNanoseconds;

    private void Receive(byte[] frame)
    {
        if (frame.Length > 1518 || !DeviceFilter.Accepts(_registers, frame))
        {
            return;
        }

        Complain(
            _family.IsExpress && (this[E1000ERegisters.ReceiveFilterControl] | this[E1000ERegisters.MultipleReceiveQueues]) != 0,
            "frames go to another ring, or into descriptors of another format");

        byte[] padded = frame.Length < 60 ? [.. frame, .. new byte[60 - frame.Length]] : frame;
        uint slots = this[IntelRegister.ReceiveDescriptorLength] / DescriptorBytes;
        uint head = this[IntelRegister.ReceiveDescriptorHead];
        ulong address = Wide(IntelRegister.ReceiveDescriptorBaseLow) + (head * DescriptorBytes);
        Span<byte> descriptor = stackalloc byte[DescriptorBytes];
        if (Memory.TryRead(address, descriptor)
            && Memory.TryWrite(BinaryPrimitives.ReadUInt64LittleEndian(descriptor), padded))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(descriptor[8..], (ushort)padded.Length);
            descriptor[12] = (byte)(ReceiveStatus.Done | ReceiveStatus.EndOfPacket);
            Memory.TryWrite(address, descriptor);
        }

        this[IntelRegister.ReceiveDescriptorHead] = (head + 1) % slots;
        Raise(InterruptCauses.ReceiveTimer);
    }

    public override void RaiseAnything(Random random) => Raise((InterruptCauses)(uint)random.NextInt64());

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes)
    {
        IntelRegister register = (IntelRegister)offsetBytes;
        uint value = this[register];
        switch (register)
        {
            case IntelRegister.InterruptCauseRead:
                // QEMU's 82574L keeps them while any interrupt is enabled.
                if (!_family.IsExpress || _honoursReset || this[IntelRegister.InterruptMaskSet] == 0)
                {
                    this[register] = 0;
                }

                break;

            case IntelRegister.InterruptMaskClear:
                return 0;

            case IntelRegister.DeviceStatus when _family.IsExpress:
                return (this[IntelRegister.DeviceControl] & MasterDisable) == 0 ? value | MasterEnabled : value & ~MasterEnabled;

            case E1000ERegisters.EepromControl when _family.IsExpress:
                return Clock.Nanoseconds < _reloadUntilNanoseconds ? 0 : (uint)EepromControl.AutoReadDone;

            case IntelRegister.EepromRead when HasEeprom && (value & EepromFormat.Start) != 0:
                uint word = (value >> _family.Eeprom.AddressShift) & 63;
                return (value & ~EepromFormat.Start) | _family.Eeprom.Done | ((uint)_eeprom[word] << EepromFormat.DataShift);
        }

        return value;
    }

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        if (Clock.Nanoseconds < _reloadUntilNanoseconds)
        {
            Complaints.Add("a write while it loads its EEPROM");
            return;
        }

        IntelRegister register = (IntelRegister)offsetBytes;
        switch (register)
        {
            case IntelRegister.DeviceControl:
                WriteControl(value);
                return;

            case IntelRegister.InterruptCauseSet:
                Raise((InterruptCauses)value);
                return;

            case IntelRegister.InterruptMaskSet:
                this[IntelRegister.InterruptMaskSet] |= value;
                return;

            case IntelRegister.InterruptMaskClear:
                this[IntelRegister.InterruptMaskSet] &= ~value;
                return;

            case IntelRegister.ReceiveDescriptorBaseLow or IntelRegister.ReceiveDescriptorBaseHigh
                or IntelRegister.ReceiveDescriptorLength or IntelRegister.ReceiveDescriptorHead when CanReceive():
                Complaints.Add("a change of a ring in use");
                break;

            case IntelRegister.TransmitDescriptorBaseLow or IntelRegister.TransmitDescriptorBaseHigh
                or IntelRegister.TransmitDescriptorLength or IntelRegister.TransmitDescriptorHead when CanTransmit:
                Complaints.Add("a change of a ring in use");
                break;

            case IntelRegister.InterruptCauseRead:
                this[register] &= ~value;
                return;

            case IntelRegister.DeviceStatus:
                return;
        }

        this[register] = value;
        switch (register)
        {
            case IntelRegister.ReceiveControl:
                ReceiveControlWrites++;
                _deafUntilNanoseconds = _honoursReset || _family.IsExpress ? 0 : Clock.Nanoseconds + DeafNanoseconds;
                Flush();
                break;

            case IntelRegister.ReceiveDescriptorTail when _family.IsExpress || HasDescriptors:
                Flush();
                break;

            case IntelRegister.TransmitDescriptorTail or IntelRegister.TransmitControl when !TransmitsLater:
                TransmitPending();
                break;
        }
    }

    private void WriteControl(uint value)
    {
        DeviceControl control = (DeviceControl)value;
        Complain(control.HasFlag(DeviceControl.PhyReset), "a new negotiation of the link");
        if (!control.HasFlag(DeviceControl.Reset) || !_honoursReset)
        {
            this[IntelRegister.DeviceControl] = (uint)(control & ~DeviceControl.Reset);
            return;
        }

        uint status = this[IntelRegister.DeviceStatus];
        Array.Clear(_registers);
        this[IntelRegister.DeviceStatus] = status;
        LoadEeprom();
        _reloadUntilNanoseconds = Clock.Nanoseconds + EepromReloadNanoseconds;
    }

    private void LoadEeprom()
    {
        this[IntelRegister.ReceiveAddressLow] = _eeprom[0] | ((uint)_eeprom[1] << 16);
        this[IntelRegister.ReceiveAddressHigh] = _eeprom[2] | (uint)ReceiveAddressHigh.Valid;
        if (_family.IsExpress)
        {
            this[E1000ERegisters.TransmitArbitration] = (uint)(TransmitArbitration.OnePacket | TransmitArbitration.Enable);
        }
    }

    private ulong Wide(IntelRegister low) => this[low] | ((ulong)this[low + sizeof(uint)] << 32);
}
