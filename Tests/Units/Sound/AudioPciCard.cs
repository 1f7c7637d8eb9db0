using System;
using NooksOS.Contracts;
using NooksOS.Drivers.Es1371;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Sound;

/// <summary>An ES1370 or ES1371: the second DAC, the converter's memory and the codec, as their specifications have them.</summary>
internal sealed class AudioPciCard(FakeMemory memory, bool isEs1371) : SoundCard(memory)
{
    private const uint NotThere = uint.MaxValue;
    private const uint RunBits = (uint)(ChipControl.Dac2Enable | ChipControl.Dac1Enable | ChipControl.AdcEnable);

    private readonly ushort[] _converter = new ushort[128];
    private uint _control;
    private uint _serial;
    private uint _page;
    private uint _address;
    private uint _frameCount;
    private uint _sampleCount;
    private uint _converterPort;
    private int _converterState;
    private bool _isInterruptPending;

    public override uint LengthBytes => (uint)AudioPciRegister.End;

    public override bool IsLineAsserted => _isInterruptPending && (_serial & (uint)SerialControl.Dac2InterruptEnable) != 0;

    public ushort[] Converter => _converter;

    /// <summary>What the codec was told, by register.</summary>
    public uint?[] Codec { get; } = new uint?[256];

    public uint PlayingHertz => isEs1371
        ? (uint)Math.Round((((ulong)(_converter[0x75] & 0xFC00) << 5) + _converter[0x77]) * 3000.0 / 32768)
        : 1_411_200 / (((_control >> 16) & 0x1FFF) + 2);

    public override byte Read8(uint offsetBytes) => throw new NotSupportedException("registers have 32 bits");

    public override ushort Read16(uint offsetBytes) => throw new NotSupportedException("registers have 32 bits");

    public override void Write8(uint offsetBytes, byte value) => throw new NotSupportedException("registers have 32 bits");

    public override void Write16(uint offsetBytes, ushort value) => throw new NotSupportedException("registers have 32 bits");

    public override uint Read32(uint offsetBytes)
    {
        uint value = ReadTruly(offsetBytes);
        Accessed();
        return value;
    }

    public override void Write32(uint offsetBytes, uint value)
    {
        CountWrite();
        WriteTruly(offsetBytes, value);
        Accessed();
    }

    /// <summary>What the kernel does when the driver is dead: no write of the driver's.</summary>
    public uint StopAndRead(PortStop stop)
    {
        WriteTruly(stop.ControlOffset, ReadTruly(stop.ControlOffset) & ~stop.RunMask);
        WriteTruly(stop.SelectOffset, stop.SelectValue);
        return (ReadTruly(stop.PositionOffset) >> (int)stop.PositionShift) & stop.PositionMask;
    }

    public override void Play(uint frames)
    {
        bool plays = (_control & (uint)ChipControl.Dac2Enable) != 0 && (_serial & (uint)SerialControl.Dac2Pause) == 0;
        for (; plays && frames != 0; frames--)
        {
            uint current = _frameCount >> 16;
            Hear(_address + (4 * current));
            _frameCount = (_frameCount & 0xFFFF) | (current == (_frameCount & 0xFFFF) ? 0 : (current + 1) << 16);
            uint left = _sampleCount >> 16;
            _sampleCount = (_sampleCount & 0xFFFF) | ((left == 0 ? _sampleCount & 0xFFFF : left - 1) << 16);
            _isInterruptPending |= left == 0 && (_serial & (uint)SerialControl.Dac2InterruptEnable) != 0;
        }
    }

    public override void Scramble(Random random)
    {
        _page = (uint)random.Next(16);
        _serial ^= (uint)random.Next();
        _sampleCount = (uint)random.Next();
        _converterPort = (uint)random.Next();
        _isInterruptPending = true;
    }

    private uint ReadTruly(uint offset) => offset switch
    {
        (uint)AudioPciRegister.Control => _control,
        (uint)AudioPciRegister.Status => _isInterruptPending ? (uint)(ChipStatus.Dac2 | ChipStatus.Interrupt) : 0,
        (uint)AudioPciRegister.MemoryPage => _page,
        (uint)AudioPciRegister.Converter when isEs1371 => ReadConverter(),
        (uint)AudioPciRegister.Codec1371 when isEs1371 => 0,
        (uint)AudioPciRegister.Serial => _serial,
        (uint)AudioPciRegister.Dac2SampleCount => _sampleCount,
        (uint)AudioPciRegister.Dac2FrameAddress when _page == (uint)MemoryPage.Dac => _address,
        (uint)AudioPciRegister.Dac2FrameCount when _page == (uint)MemoryPage.Dac => _frameCount,
        _ => NotThere,
    };

    private void WriteTruly(uint offset, uint value)
    {
        switch (offset)
        {
            case (uint)AudioPciRegister.Control:
                CheckStart(value & ~_control & RunBits);
                _control = value;
                break;
            case (uint)AudioPciRegister.MemoryPage:
                _page = value & 0xF;
                break;
            case (uint)AudioPciRegister.Converter when isEs1371:
                WriteConverter(value);
                break;
            case (uint)AudioPciRegister.Codec1370 when !isEs1371:
                Codec[(value >> 8) & 0xFF] = value & 0xFF;
                break;
            case (uint)AudioPciRegister.Codec1371 when isEs1371:
                Codec[(value >> 16) & 0x7F] = value & 0xFFFF;
                break;
            case (uint)AudioPciRegister.Serial:
                _isInterruptPending &= (value & (uint)SerialControl.Dac2InterruptEnable) != 0;
                _serial = value;
                break;
            case (uint)AudioPciRegister.Dac2SampleCount:
                _sampleCount = value;
                break;
            case (uint)AudioPciRegister.Dac2FrameAddress when _page == (uint)MemoryPage.Dac:
                CheckStill("the buffer");
                _address = value;
                break;
            case (uint)AudioPciRegister.Dac2FrameCount when _page == (uint)MemoryPage.Dac:
                CheckStill("the position");
                _frameCount = value;
                break;
            default:
                Complaints.Add($"writes 0x{value:x} to 0x{offset:x} with page {_page:x}");
                break;
        }
    }

    private void CheckStill(string what)
    {
        if ((_control & (uint)ChipControl.Dac2Enable) != 0)
        {
            Complaints.Add($"changes {what} while it plays");
        }
    }

    private void CheckStart(uint started)
    {
        uint format = (uint)(SerialControl.Dac2Stereo | SerialControl.Dac2SixteenBits);
        if ((started & ~(uint)ChipControl.Dac2Enable) != 0)
        {
            Complaints.Add("starts a converter that is not used");
        }

        if (started != 0 && ((_serial & format) != format || !Memory.IsBusMaster || !Memory.IsLive(_address, 4 * ((_frameCount & 0xFFFF) + 1))))
        {
            Complaints.Add("starts without a format or a buffer");
        }
    }

    // The converter's state goes round with every look, as it does with time.
    private uint ReadConverter()
    {
        uint cell = _converterPort >> 25;
        uint kept = _converterPort & (uint)ConverterPort.Kept;
        uint state = (_converterState++ & 1) == 0 ? 0 : (uint)ConverterPort.StateReady;
        return (cell << 25) | kept | state | _converter[cell];
    }

    private void WriteConverter(uint value)
    {
        if ((value & (uint)ConverterPort.Write) != 0)
        {
            _converter[value >> 25] = (ushort)value;
        }

        bool runs = (value & (uint)ConverterPort.Disable) == 0;
        if (runs && (_converterPort & (uint)ConverterPort.Disable) != 0 && _converter[0x70] == 0)
        {
            Complaints.Add("runs the converter before its memory is set");
        }

        _converterPort = value;
    }
}
