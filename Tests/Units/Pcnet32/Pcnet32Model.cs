using System;
using System.Buffers.Binary;
using NooksOS.Contracts;
using NooksOS.Drivers.Pcnet32;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Pcnet32;

/// <summary>
/// The device as seen through its registers. As QEMU's, a reset brings it back to word mode. By the manual, only a reset from
/// outside does.
/// </summary>
internal sealed class Pcnet32Model : SimulatedDevice
{
    private const int DescriptorBytes = 16;
    private const int CheckSequenceBytes = 4;
    private const uint StoppedRegisters = (uint)ControllerStatus.Stop;
    private const uint AcknowledgedFeatures = 0x026A;
    private const uint ResetFeatures = 0x0115;
    private const uint IdentityLow = 0x1003;
    private const uint IdentityHigh = 0x0262;

    private readonly bool _isEmulated;
    private readonly byte[] _addressRom = new byte[16];
    private readonly ushort[] _control = new ushort[128];
    private readonly ushort[] _bus = new ushort[32];
    private readonly Pcnet32Rings _rings;
    private bool _isDoubleWord;
    private bool _isLinkUp = true;
    private uint _selected;

    public Pcnet32Model(DeviceBehavior behavior, FakeMemory memory, FakeClock clock, MacAddress address)
        : base(memory, clock)
    {
        _isEmulated = behavior == DeviceBehavior.AsEmulated;
        _rings = new Pcnet32Rings(memory);
        address.Write(_addressRom);
        _bus[(int)BusRegister.LinkStatusLed] = 0x00C0;
        Reset();
    }

    public override PciIdentity Identity => new(0x1022, 0x2000);

    public override uint RegisterBar => 1;

    public override uint WindowBytes { get; set; } = (uint)WindowOffset.End;

    public override bool IsLineAsserted =>
        (Status & ControllerStatus.InterruptEnable) != 0
        && ((uint)Status & ~this[ControlRegister.InterruptMasks] & 0x5F00) != 0;

    public override bool IsReadyForTheBus =>
        (Status & ControllerStatus.Stop) != 0
        && _bus[(int)BusRegister.SoftwareStyle] == 2
        && _rings.IsLiveBlock(InitializationAddress);

    public Pcnet32Rings Rings => _rings;

    /// <summary>Which register the ports stand for.</summary>
    public ControlRegister Selected => (ControlRegister)_selected;

    public uint this[ControlRegister register]
    {
        get => _control[(uint)register];
        set => _control[(uint)register] = (ushort)value;
    }

    public ushort this[BusRegister register]
    {
        get => _bus[(uint)register];
        set => _bus[(uint)register] = value;
    }

    private ControllerStatus Status
    {
        get => (ControllerStatus)this[ControlRegister.ControllerStatus];
        set => this[ControlRegister.ControllerStatus] = (uint)value;
    }

    private bool IsSuspended => (this[ControlRegister.ExtendedControl] & (uint)ExtendedControl.Suspend) != 0;

    private bool IsAtRest => (Status & ControllerStatus.Stop) != 0 || IsSuspended;

    private uint InitializationAddress =>
        this[ControlRegister.InitializationAddressLow] | (this[ControlRegister.InitializationAddressHigh] << 16);

    /// <summary>A frame that comes while the device is at rest is lost.</summary>
    public override void Arrive(byte[] frame)
    {
        if (IsAtRest || (Status & ControllerStatus.ReceiverOn) == 0 || !Accepts(frame))
        {
            return;
        }

        byte[] padded = frame.Length < 60 ? [.. frame, .. new byte[60 - frame.Length]] : frame;
        switch (_rings.Receive([.. padded, .. new byte[CheckSequenceBytes]]))
        {
            case true:
                Status |= ControllerStatus.ReceiveInterrupt;
                break;

            case false:
                Status |= ControllerStatus.MissedFrame;
                this[ControlRegister.MissedFrames]++;
                break;

            default:
                FailOnBus();
                break;
        }
    }

    public override void Flush()
    {
        // Nothing waits.
    }

    public override void SetLink(bool isUp) => _isLinkUp = isUp;

    public override void Scramble(Random random)
    {
        for (int register = 0; register < _control.Length; register++)
        {
            _control[register] = (ushort)random.Next();
        }

        for (int register = 0; register < _bus.Length; register++)
        {
            _bus[register] = (ushort)random.Next();
        }

        _selected = (uint)random.Next(_control.Length);
        _isDoubleWord = random.Next(2) == 0;
        _rings.Scramble(random);
    }

    public override void TransmitPending()
    {
        if (IsAtRest || (Status & ControllerStatus.TransmitterOn) == 0)
        {
            return;
        }

        while (_rings.TryTransmit(_isLinkUp, out byte[]? frame, out string? complaint))
        {
            if (frame is not null)
            {
                Sent.Add(frame);
            }

            if (complaint is not null)
            {
                Complaints.Add(complaint);
            }

            Status |= ControllerStatus.TransmitInterrupt;
        }
    }

    public void RaiseReceive() => Status |= ControllerStatus.ReceiveInterrupt;

    public override void RaiseAnything(Random random) => Status |= (ControllerStatus)(uint)random.Next() & ControllerStatus.Causes;

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes)
    {
        if (offsetBytes < (uint)WindowOffset.DataPort)
        {
            return _isDoubleWord && widthBytes == sizeof(uint)
                ? BinaryPrimitives.ReadUInt32LittleEndian(_addressRom.AsSpan((int)offsetBytes))
                : uint.MaxValue;
        }

        if (widthBytes != (_isDoubleWord ? sizeof(uint) : sizeof(ushort)))
        {
            return uint.MaxValue;
        }

        return PortOf(offsetBytes) switch
        {
            0 => ReadControl(_selected),
            1 => _selected,
            2 => Reset(),
            _ => ReadBus(_selected),
        };
    }

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        if (offsetBytes < (uint)WindowOffset.DataPort || widthBytes != (_isDoubleWord ? sizeof(uint) : sizeof(ushort)))
        {
            _isDoubleWord |= widthBytes == sizeof(uint) && offsetBytes == (uint)WindowOffset.DataPort;
            return;
        }

        switch (PortOf(offsetBytes))
        {
            case 0:
                WriteControl((ControlRegister)_selected, (ushort)value);
                break;

            case 1:
                _selected = value & 127;
                break;

            case 3:
                WriteBus((BusRegister)_selected, (ushort)value);
                break;
        }
    }

    private uint PortOf(uint offsetBytes) => (offsetBytes - (uint)WindowOffset.DataPort) / (_isDoubleWord ? 4u : 2u);

    private uint Reset()
    {
        _isDoubleWord &= !_isEmulated;
        _selected = 0;
        Array.Clear(_control);
        this[ControlRegister.ControllerStatus] = StoppedRegisters;
        this[ControlRegister.Features] = ResetFeatures;
        _rings.Forget();
        return 0;
    }

    private uint ReadControl(uint register) => register switch
    {
        (uint)ControlRegister.ChipIdentity => IdentityLow | (IdentityHigh << 16),
        _ => _control[register],
    };

    private uint ReadBus(uint register)
    {
        uint value = register < _bus.Length ? _bus[register] : 0u;
        return register == (uint)BusRegister.LinkStatusLed
            ? (value & 0x7FFF) | (_isLinkUp && (value & (uint)LinkStatusLed.ShowLink) != 0 ? (uint)LinkStatusLed.IsLit : 0)
            : value;
    }

    private void WriteControl(ControlRegister register, ushort value)
    {
        switch (register)
        {
            case ControlRegister.ControllerStatus:
                WriteStatus((ControllerStatus)value);
                break;

            case ControlRegister.Features:
                this[register] = (this[register] & AcknowledgedFeatures & ~(uint)value) | (value & ~AcknowledgedFeatures);
                break;

            case ControlRegister.InitializationAddressLow or ControlRegister.InitializationAddressHigh or ControlRegister.Mode
                or (>= ControlRegister.LogicalAddressFilter and < ControlRegister.LogicalAddressFilter + 4) when !IsAtRest:
                Complaints.Add($"CSR{(uint)register} is changed in use");
                break;

            default:
                this[register] = value;
                break;
        }
    }

    private void WriteBus(BusRegister register, ushort value)
    {
        if (register == BusRegister.SoftwareStyle && !IsAtRest)
        {
            Complaints.Add("the layout of the descriptors is changed in use");
        }

        if ((uint)register < _bus.Length)
        {
            _bus[(uint)register] = value;
        }
    }

    private void WriteStatus(ControllerStatus value)
    {
        Status &= ~(value & ControllerStatus.Causes) & ~ControllerStatus.InterruptEnable;
        Status |= value & ControllerStatus.InterruptEnable;
        if ((value & ControllerStatus.Stop) != 0)
        {
            Status = ControllerStatus.Stop;
            this[ControlRegister.ExtendedControl] = 0;
            return;
        }

        if ((value & ControllerStatus.Initialize) != 0)
        {
            Initialize();
        }

        if ((value & ControllerStatus.Start) != 0)
        {
            Status &= ~ControllerStatus.Stop;
            Status |= ControllerStatus.Start | ControllerStatus.ReceiverOn | ControllerStatus.TransmitterOn;
        }

        if ((value & ControllerStatus.TransmitDemand) != 0 && !TransmitsLater)
        {
            TransmitPending();
        }
    }

    private void Initialize()
    {
        if (!_rings.TryReadBlock(InitializationAddress, out ReadOnlySpan<ushort> registers))
        {
            FailOnBus();
            return;
        }

        this[ControlRegister.Mode] = registers[0];
        registers[1..].CopyTo(_control.AsSpan((int)ControlRegister.LogicalAddressFilter));
        Status = (Status & ~ControllerStatus.Stop) | ControllerStatus.Initialize | ControllerStatus.InitializationDone;
    }

    private void FailOnBus()
    {
        Status |= ControllerStatus.MemoryError;
        Status &= ~(ControllerStatus.ReceiverOn | ControllerStatus.TransmitterOn);
    }

    private bool Accepts(byte[] frame)
    {
        MacAddress destination = MacAddress.Read(frame);
        ReadOnlySpan<ushort> filter = _control.AsSpan((int)ControlRegister.LogicalAddressFilter, 7);
        ulong own = filter[4] | ((ulong)filter[5] << 16) | ((ulong)filter[6] << 32);
        int hash = (int)(WireCrc.Of(frame.AsSpan(0, MacAddress.Length)) >> 26);
        return (this[ControlRegister.Mode] & (uint)Mode.Promiscuous) != 0
            || destination == MacAddress.Broadcast
            || destination.Bits == own
            || (destination.IsMulticast && (filter[hash / 16] & (1 << (hash % 16))) != 0);
    }
}
