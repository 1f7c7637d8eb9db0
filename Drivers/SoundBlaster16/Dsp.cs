using System;
using NooksOS.Contracts;

namespace NooksOS.Drivers.SoundBlaster16;

/// <summary>
/// The digital signal processor: commands in, answers out. A predecessor may have left it in the middle of a command. It is only
/// reset if it is not found in order, since a reset also throws away what it has taken and not played yet.
/// </summary>
internal sealed class Dsp(PortWindow ports, IExtensionServices services)
{
    private const byte Busy = 0x80;
    private const byte DataAvailable = 0x80;
    private const byte ResetDone = 0xAA;
    private const byte Probe = 0x5A;
    private const uint OldestVersion = 4;

    // "Resetting the DSP": 3 us of reset, at most 100 us to the answer. Commands are taken within some microseconds.
    private const long ResetNanoseconds = 3_000;
    private const long AnswerNanoseconds = 200_000;

    /// <summary>Brings the DSP to where it takes commands. False if it is none, or too old for 16 bits.</summary>
    public bool TryAttach()
        => (IsInOrder() || (TryReset() && IsInOrder()))
            && TryWrite((byte)DspCommand.GetVersion) && TryRead(out byte version) && version >= OldestVersion && TryRead(out _);

    /// <summary>Gives a command. False if the DSP does not take it.</summary>
    public bool TryCommand(DspCommand command, params ReadOnlySpan<byte> arguments)
    {
        bool taken = TryWrite((byte)command);
        foreach (byte argument in arguments)
        {
            taken = taken && TryWrite(argument);
        }

        return taken;
    }

    private bool IsInOrder()
    {
        // What nobody has read is not the answer.
        while ((ports.Read8((uint)SoundBlasterPort.ReadStatus) & DataAvailable) != 0)
        {
            if (ports.Read8((uint)SoundBlasterPort.ReadData) == byte.MaxValue)
            {
                break;
            }
        }

        return TryCommand(DspCommand.Identify, Probe) && TryRead(out byte answer) && answer == unchecked((byte)~Probe);
    }

    private bool TryReset()
    {
        ports.Write8((uint)SoundBlasterPort.Reset, 1);
        long end = services.MonotonicNanoseconds + ResetNanoseconds;
        while (services.MonotonicNanoseconds < end)
        {
        }

        ports.Write8((uint)SoundBlasterPort.Reset, 0);
        return TryRead(out byte answer) && answer == ResetDone;
    }

    private bool TryWrite(byte value)
    {
        bool isReady = TryAwait(SoundBlasterPort.WriteCommand, Busy, 0);
        if (isReady)
        {
            ports.Write8((uint)SoundBlasterPort.WriteCommand, value);
        }

        return isReady;
    }

    private bool TryRead(out byte value)
    {
        bool isReady = TryAwait(SoundBlasterPort.ReadStatus, DataAvailable, DataAvailable);
        value = isReady ? ports.Read8((uint)SoundBlasterPort.ReadData) : (byte)0;
        return isReady;
    }

    private bool TryAwait(SoundBlasterPort port, byte bit, byte wanted)
    {
        long end = services.MonotonicNanoseconds + AnswerNanoseconds;
        while ((ports.Read8((uint)port) & bit) != wanted)
        {
            if (services.MonotonicNanoseconds >= end)
            {
                return false;
            }
        }

        return true;
    }
}
