using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Drivers.Rtl8139;
using NooksOS.Tests.Units.NetworkDrivers;
using NooksOS.Tests.Units.NetworkDrivers.Suite;

namespace NooksOS.Tests.Units.Rtl8139;

/// <summary>
/// The device as seen through its registers. As QEMU's, a reset is over at once and keeps the receive configuration, and the
/// station address can be written at any time. By the manual, it takes a while, and C+CR spoils the transmit ring's address.
/// </summary>
internal sealed class Rtl8139Model : SimulatedDevice
{
    private const long ResetNanoseconds = 5_000;
    private const long AutoLoadNanoseconds = 2_000_000;
    private const uint Version = 0x7480_0000;

    private static readonly Dictionary<Rtl8139Register, uint> s_widths = new()
    {
        [Rtl8139Register.Command] = 1,
        [Rtl8139Register.InterruptMask] = 2,
        [Rtl8139Register.InterruptStatus] = 2,
        [Rtl8139Register.EepromCommand] = 1,
        [Rtl8139Register.MediaStatus] = 1,
        [Rtl8139Register.MultipleInterrupts] = 2,
        [Rtl8139Register.OwnAbility] = 2,
        [Rtl8139Register.PartnerAbility] = 2,
        [Rtl8139Register.TransmitPoll] = 1,
        [Rtl8139Register.CPlusCommand] = 2,
        [Rtl8139Register.EarlyTransmitThreshold] = 1,
    };

    private readonly bool _isEmulated;
    private readonly MacAddress _address;
    private readonly byte[] _registers = new byte[(int)Rtl8139Register.End];
    private readonly Rtl8139Rings _rings;
    private bool _isLinkUp = true;
    private long _resetUntilNanoseconds;
    private long _loadUntilNanoseconds;

    public Rtl8139Model(DeviceBehavior behavior, FakeMemory memory, FakeClock clock, MacAddress address)
        : base(memory, clock)
    {
        _isEmulated = behavior == DeviceBehavior.AsEmulated;
        _address = address;
        _rings = new Rtl8139Rings(memory);
        Reset();
    }

    public override PciIdentity Identity => new(0x10EC, 0x8139);

    public override uint RegisterBar => 1;

    public override uint WindowBytes { get; set; } = (uint)Rtl8139Register.End;

    public Rtl8139Rings Rings => _rings;

    /// <summary>What the chip says that it is.</summary>
    public uint ChipVersion { get; set; } = Version;

    public override bool IsLineAsserted => (this[Rtl8139Register.InterruptMask] & this[Rtl8139Register.InterruptStatus]) != 0;

    public override bool IsReadyForTheBus =>
        Command == ChipCommand.Off
        && this[Rtl8139Register.InterruptMask] == 0
        && _rings.IsLive(Wide(Rtl8139Register.ReceiveDescriptors), Wide(Rtl8139Register.TransmitDescriptors));

    /// <summary>A register in its own width.</summary>
    public uint this[Rtl8139Register register]
    {
        get => Get(register, s_widths.GetValueOrDefault(register, 4u));
        set => Set(register, s_widths.GetValueOrDefault(register, 4u), value);
    }

    private ChipCommand Command => (ChipCommand)this[Rtl8139Register.Command];

    /// <summary>A frame that comes while the receiver is off is lost.</summary>
    public override void Arrive(byte[] frame)
    {
        if ((Command & ChipCommand.ReceiverOn) == 0 || (CPlus & CPlusCommand.ReceiveDescriptors) == 0 || !Accepts(frame))
        {
            return;
        }

        byte[] padded = frame.Length < 60 ? [.. frame, .. new byte[60 - frame.Length]] : frame;
        switch (_rings.Receive(Wide(Rtl8139Register.ReceiveDescriptors), [.. padded, 0, 0, 0, 0]))
        {
            case true:
                Raise(InterruptCauses.Received);
                break;

            case false:
                Raise(InterruptCauses.NoReceiveDescriptor);
                this[Rtl8139Register.MissedFrames] = (this[Rtl8139Register.MissedFrames] + 1) & 0xFF_FFFF;
                break;

            default:
                Raise(InterruptCauses.SystemError);
                break;
        }
    }

    public override void Flush()
    {
        // Nothing waits.
    }

    public override void SetLink(bool isUp)
    {
        _isLinkUp = isUp;
        Raise(InterruptCauses.LinkChanged);
    }

    public override void Scramble(Random random)
    {
        random.NextBytes(_registers);
        _rings.Scramble(random);
    }

    public override void TransmitPending()
    {
        ulong ring = Wide(Rtl8139Register.TransmitDescriptors);
        while ((Command & ChipCommand.TransmitterOn) != 0
            && (CPlus & CPlusCommand.TransmitDescriptors) != 0
            && _rings.TryTransmit(ring, out byte[]? frame, out string? complaint))
        {
            if (frame is not null)
            {
                Sent.Add(frame);
            }

            if (complaint is not null)
            {
                Complaints.Add(complaint);
            }

            Raise(InterruptCauses.Transmitted);
        }
    }

    public override void RaiseAnything(Random random) => Raise((InterruptCauses)random.Next());

    public void Raise(InterruptCauses causes) => this[Rtl8139Register.InterruptStatus] |= (uint)causes;

    private CPlusCommand CPlus => (CPlusCommand)this[Rtl8139Register.CPlusCommand];

    protected override uint ReadTruly(uint offsetBytes, uint widthBytes)
    {
        Rtl8139Register register = (Rtl8139Register)offsetBytes;
        CheckWidth(register, widthBytes);
        return register switch
        {
            Rtl8139Register.TransmitConfiguration => (this[register] & 0x833F_FFFF) | ChipVersion,
            Rtl8139Register.MediaStatus => 0xD0u | (_isLinkUp ? 0 : (uint)MediaStatus.LinkDown),
            Rtl8139Register.OwnAbility or Rtl8139Register.PartnerAbility => 0x05E1,
            Rtl8139Register.Command when Clock.Nanoseconds < _resetUntilNanoseconds => (uint)ChipCommand.Reset,
            Rtl8139Register.EepromCommand when Clock.Nanoseconds < _loadUntilNanoseconds => (uint)EepromCommand.AutoLoad,
            _ => Get(register, widthBytes),
        };
    }

    protected override void WriteTruly(uint offsetBytes, uint widthBytes, uint value)
    {
        Rtl8139Register register = (Rtl8139Register)offsetBytes;
        CheckWidth(register, widthBytes);
        if (Clock.Nanoseconds < Math.Max(_resetUntilNanoseconds, _loadUntilNanoseconds))
        {
            Complaints.Add($"{register} is written during a reset");
            return;
        }

        switch (register)
        {
            case Rtl8139Register.InterruptStatus:
                this[register] &= ~value;
                return;

            case Rtl8139Register.Command:
                WriteCommand((ChipCommand)value);
                return;

            case Rtl8139Register.EepromCommand:
                WriteEepromCommand((EepromCommand)(value & 0xC0));
                return;

            case Rtl8139Register.CPlusCommand:
                if (!_isEmulated)
                {
                    Set(Rtl8139Register.TransmitDescriptors, sizeof(uint), 0xBAD0_BAD0);
                }

                break;

            case Rtl8139Register.StationAddress or (Rtl8139Register.StationAddress + 4)
                when !_isEmulated && (EepromCommand)this[Rtl8139Register.EepromCommand] != EepromCommand.ConfigurationWritable:
                return;

            case Rtl8139Register.TransmitConfiguration when (Command & ChipCommand.TransmitterOn) == 0:
                return;

            case Rtl8139Register.ReceiveDescriptors or Rtl8139Register.TransmitDescriptors when Command != ChipCommand.Off:
                Complaints.Add("a ring is changed in use");
                break;

            case Rtl8139Register.MissedFrames:
                value = 0;
                break;

            case Rtl8139Register.TransmitPoll:
                PollTransmit((TransmitPoll)value);
                return;
        }

        Set(register, widthBytes, value);
    }

    private void WriteCommand(ChipCommand command)
    {
        if ((command & ChipCommand.Reset) != 0)
        {
            Reset();
            _resetUntilNanoseconds = _isEmulated ? 0 : Clock.Nanoseconds + ResetNanoseconds;
            return;
        }

        if (command != ChipCommand.Off)
        {
            _rings.Rewind();
        }

        this[Rtl8139Register.Command] = (uint)command;
    }

    private void WriteEepromCommand(EepromCommand command)
    {
        this[Rtl8139Register.EepromCommand] = (uint)command;
        if (command != EepromCommand.AutoLoad)
        {
            return;
        }

        if (_isEmulated)
        {
            Reset();
        }
        else
        {
            Set64(Rtl8139Register.StationAddress, _address.Bits);
            _loadUntilNanoseconds = Clock.Nanoseconds + AutoLoadNanoseconds;
        }

        this[Rtl8139Register.EepromCommand] = (uint)EepromCommand.Normal;
    }

    private void Reset()
    {
        uint receiveConfiguration = this[Rtl8139Register.ReceiveConfiguration];
        Array.Clear(_registers);
        if (_isEmulated)
        {
            this[Rtl8139Register.ReceiveConfiguration] = receiveConfiguration;
        }

        Set64(Rtl8139Register.StationAddress, _address.Bits);
        _rings.Rewind();
    }

    private void PollTransmit(TransmitPoll poll)
    {
        if ((poll & TransmitPoll.NormalPriority) != 0 && !TransmitsLater)
        {
            TransmitPending();
        }
    }

    private bool Accepts(byte[] frame)
    {
        MacAddress destination = MacAddress.Read(frame);
        ReceiveConfiguration configuration = (ReceiveConfiguration)this[Rtl8139Register.ReceiveConfiguration];
        if ((configuration & ReceiveConfiguration.AllAddresses) != 0)
        {
            return true;
        }

        if (destination == MacAddress.Broadcast)
        {
            return (configuration & ReceiveConfiguration.Broadcast) != 0;
        }

        int hash = (int)(WireCrc.HighestFirst(frame.AsSpan(0, MacAddress.Length)) >> 26);
        return destination.IsMulticast
            ? (configuration & ReceiveConfiguration.Multicast) != 0 && (Wide(Rtl8139Register.MulticastFilter) & (1ul << hash)) != 0
            : (configuration & ReceiveConfiguration.StationAddress) != 0
                && (Wide(Rtl8139Register.StationAddress) & 0xFFFF_FFFF_FFFF) == destination.Bits;
    }

    private void CheckWidth(Rtl8139Register register, uint widthBytes)
    {
        if (widthBytes != s_widths.GetValueOrDefault(register, 4u))
        {
            Complaints.Add($"{register} is accessed in {widthBytes} bytes");
        }
    }

    private ulong Wide(Rtl8139Register register) => this[register] | ((ulong)this[register + sizeof(uint)] << 32);

    private uint Get(Rtl8139Register register, uint widthBytes)
    {
        Span<byte> value = stackalloc byte[sizeof(uint)];
        _registers.AsSpan((int)register, (int)widthBytes).CopyTo(value);
        return BinaryPrimitives.ReadUInt32LittleEndian(value);
    }

    private void Set(Rtl8139Register register, uint widthBytes, uint value)
    {
        for (int index = 0; index < widthBytes; index++)
        {
            _registers[(int)register + index] = (byte)(value >> (8 * index));
        }
    }

    private void Set64(Rtl8139Register register, ulong value)
        => BinaryPrimitives.WriteUInt64LittleEndian(_registers.AsSpan((int)register), value);
}
