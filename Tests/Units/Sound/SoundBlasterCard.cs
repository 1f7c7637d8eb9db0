using System;
using System.Collections.Generic;
using NooksOS.Drivers.SoundBlaster16;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.Sound;

/// <summary>A Sound Blaster 16 on a DMA channel of 16 bits.</summary>
internal sealed class SoundBlasterCard(FakeMemory memory, DmaControllerModel dma) : SoundCard(memory)
{
    private const int Channel = 5;
    private const byte Version = 4;
    private const byte UndefinedCommand = 0x5A;

    private readonly byte[] _mixer = new byte[256];
    private readonly Queue<byte> _answers = new();
    private readonly List<byte> _command = [];
    private byte _mixerAddress;
    private bool _isResetting;
    private bool _plays;
    private bool _isAssertedUntold;
    private uint _blockSamples;
    private uint _samplesLeft;

    public override uint LengthBytes => (uint)SoundBlasterPort.End;

    public override bool IsLineAsserted => _isAssertedUntold || _mixer[(int)MixerRegister.InterruptStatus] != 0;

    /// <summary>The rate that was set.</summary>
    public uint FramesPerSecond { get; private set; }

    /// <summary>How often it was reset.</summary>
    public int Resets { get; private set; }

    /// <summary>Asserts the line and tells nobody why, as a DSP does at the end of a silence that it was told to keep.</summary>
    public void EndSilence() => _isAssertedUntold = true;

    public override byte Read8(uint offsetBytes)
    {
        byte value = ReadTruly(offsetBytes);
        Accessed();
        return value;
    }

    public override ushort Read16(uint offsetBytes) => throw new NotSupportedException("ports have 8 bits");

    public override uint Read32(uint offsetBytes) => throw new NotSupportedException("ports have 8 bits");

    public override void Write16(uint offsetBytes, ushort value) => throw new NotSupportedException("ports have 8 bits");

    public override void Write32(uint offsetBytes, uint value) => throw new NotSupportedException("ports have 8 bits");

    public override void Write8(uint offsetBytes, byte value)
    {
        CountWrite();
        WriteTruly(offsetBytes, value);
        Accessed();
    }

    public override void Play(uint frames)
    {
        for (; _plays && frames != 0 && dma.NextAddress(Channel) is { } address; frames--)
        {
            Hear(address);
            dma.Move(Channel);
            dma.Move(Channel);
            _samplesLeft -= Math.Min(2, _samplesLeft);
            if (_samplesLeft == 0)
            {
                _samplesLeft = _blockSamples;
                _mixer[(int)MixerRegister.InterruptStatus] |= (byte)InterruptSources.Dma16;
            }
        }
    }

    public override void Scramble(Random random)
    {
        _mixerAddress = (byte)random.Next(256);
        _command.Add((byte)DspCommand.Play16Automatic);
        _answers.Enqueue((byte)random.Next(256));
        _mixer[(int)MixerRegister.InterruptStatus] = (byte)InterruptSources.Dma16;
    }

    private byte ReadTruly(uint offsetBytes)
    {
        switch ((SoundBlasterPort)offsetBytes)
        {
            case SoundBlasterPort.MixerData:
                return _mixer[_mixerAddress];
            case SoundBlasterPort.ReadData:
                return _answers.TryDequeue(out byte answer) ? answer : byte.MaxValue;
            case SoundBlasterPort.WriteCommand:
                return 0;
            case SoundBlasterPort.ReadStatus:
                Acknowledge(InterruptSources.Dma8);
                return _answers.Count == 0 ? (byte)0 : (byte)0x80;
            case SoundBlasterPort.Acknowledge16:
                Acknowledge(InterruptSources.Dma16);
                return byte.MaxValue;
            default:
                Complaints.Add($"reads port {offsetBytes:x}");
                return byte.MaxValue;
        }
    }

    private void WriteTruly(uint offsetBytes, byte value)
    {
        switch ((SoundBlasterPort)offsetBytes)
        {
            case SoundBlasterPort.MixerAddress:
                _mixerAddress = value;
                break;
            case SoundBlasterPort.MixerData when _mixerAddress == (byte)MixerRegister.InterruptStatus:
                // It cannot be written.
                break;
            case SoundBlasterPort.MixerData:
                _mixer[_mixerAddress] = value;
                break;
            case SoundBlasterPort.Reset:
                WriteReset(value);
                break;
            case SoundBlasterPort.WriteCommand:
                _command.Add(value);
                RunCommand();
                break;
            default:
                Complaints.Add($"writes 0x{value:x} to port {offsetBytes:x}");
                break;
        }
    }

    // What does not ask for service is not acknowledged.
    private void Acknowledge(InterruptSources source)
    {
        ref byte status = ref _mixer[(int)MixerRegister.InterruptStatus];
        _isAssertedUntold &= (status & (byte)source) == 0;
        status &= (byte)~source;
    }

    private void WriteReset(byte value)
    {
        if (_isResetting && value == 0)
        {
            Resets++;
            _command.Clear();
            _answers.Clear();
            _answers.Enqueue(0xAA);
            _plays = _isAssertedUntold = false;
            _mixer[(int)MixerRegister.InterruptStatus] = 0;
        }

        _isResetting = value == 1;
    }

    private void RunCommand()
    {
        int arguments = (DspCommand)_command[0] switch
        {
            DspCommand.SetOutputRate => 2,
            DspCommand.Play16Automatic => 3,
            DspCommand.Identify => 1,
            _ => 0,
        };
        if (_command.Count <= arguments)
        {
            return;
        }

        switch ((DspCommand)_command[0])
        {
            case DspCommand.SetOutputRate:
                FramesPerSecond = (uint)((_command[1] << 8) | _command[2]);
                break;
            case DspCommand.Play16Automatic:
                if (_command[1] != (byte)(TransferMode.Signed | TransferMode.Stereo) && _answers.Count == 0)
                {
                    Complaints.Add($"plays in mode 0x{_command[1]:x}");
                }

                _blockSamples = (uint)(_command[2] | (_command[3] << 8)) + 1;
                _samplesLeft = _blockSamples;
                _plays = true;
                break;
            case DspCommand.Pause16:
                _plays = false;
                break;
            case DspCommand.Identify:
                _answers.Enqueue((byte)~_command[1]);
                break;
            case DspCommand.GetVersion:
                _answers.Enqueue(Version);
                _answers.Enqueue(5);
                break;
            case DspCommand.RequestInterrupt:
                _mixer[(int)MixerRegister.InterruptStatus] |= (byte)InterruptSources.Dma8;
                break;
            case DspCommand.SpeakerOn:
                break;
            case (DspCommand)UndefinedCommand:
                // The question whether the DSP is in order, asked in the middle of a command: it is ignored.
                break;
            default:
                Complaints.Add($"gives command 0x{_command[0]:x}");
                break;
        }

        _command.Clear();
    }
}
