using NooksOS.Contracts;

namespace NooksOS.Drivers.Es1371;

/// <summary>
/// ES1371: the sample-rate converter between the DACs and the codec, which always runs at 48 kHz. It locks up if it runs with
/// parameters that were never set, so all its memory is written while it stands still.
/// </summary>
internal sealed class SampleRateConverter(PortWindow ports, IExtensionServices services)
{
    private const long AccessNanoseconds = 1_000_000;
    private const int AddressShift = 25;
    private const uint DataMask = 0xFFFF;

    // Frequencies are in units of 3000/32768 Hz, as a whole part of six bits and a fraction of 15.
    private const uint UnitHertz = 3000;
    private const int FractionBits = 15;
    private const uint FractionMask = (1 << FractionBits) - 1;
    private const int WholeShift = 5;
    private const uint WholeMask = 0xFC00;
    private const uint LowMask = 0x00FF;
    private const uint Truncation = 16 << 4;
    private const uint WholeSixteen = 16 << 10;
    private const uint UnitVolume = 1 << 12;
    private const uint IdleHertz = 22_050;

    /// <summary>Sets everything to known values. False if the converter does not answer.</summary>
    public bool TryReset()
    {
        if (!TryWait(out _))
        {
            return false;
        }

        Set(ConverterPort.Disable);
        bool done = true;
        for (uint cell = 0; cell < (uint)ConverterCell.End; cell++)
        {
            done &= TryWrite(cell, 0);
        }

        foreach (ConverterCell dac in (System.ReadOnlySpan<ConverterCell>)[ConverterCell.Dac1, ConverterCell.Dac2])
        {
            done &= TryWrite((uint)dac + (uint)ChannelCell.Truncation, Truncation)
                && TryWrite((uint)dac + (uint)ChannelCell.Whole, WholeSixteen);
        }

        foreach (ConverterCell volume in (System.ReadOnlySpan<ConverterCell>)
            [ConverterCell.AdcVolume, ConverterCell.Dac1Volume, ConverterCell.Dac2Volume])
        {
            done &= TryWrite((uint)volume, UnitVolume) && TryWrite((uint)volume + 1, UnitVolume);
        }

        done &= TrySetRate(ConverterCell.Adc, IdleHertz) && TrySetRate(ConverterCell.Dac1, IdleHertz)
            && TrySetRate(ConverterCell.Dac2, SoundFormat.Mix.FramesPerSecond) && TryWait(out _);
        if (done)
        {
            Set(ConverterPort.None);
        }

        return done;
    }

    /// <summary>Sets the rate of a channel.</summary>
    public bool TrySetRate(ConverterCell channel, uint framesPerSecond)
    {
        uint frequency = ((framesPerSecond << FractionBits) + (UnitHertz / 2)) / UnitHertz;
        uint whole = (uint)channel + (uint)ChannelCell.Whole;
        return TryRead(whole, out uint old)
            && TryWrite(whole, (old & LowMask) | ((frequency >> WholeShift) & WholeMask))
            && TryWrite((uint)channel + (uint)ChannelCell.Fraction, frequency & FractionMask);
    }

    /// <summary>
    /// Waits for the moment at which the codec may be accessed, and returns what <see cref="EndCodecAccess"/> needs. False if it
    /// does not come.
    /// </summary>
    public bool TryBeginCodecAccess(out ConverterPort kept)
    {
        bool ready = TryWait(out ConverterPort port);
        kept = port & ConverterPort.Kept;
        if (!ready)
        {
            return false;
        }

        // Both states must be seen in this order, or the access may fall into the change between them.
        Set(kept | ConverterPort.StateReady);
        return TryWaitForState(ConverterPort.None) && TryWaitForState(ConverterPort.StateReady);
    }

    /// <summary>Lets the converter go on.</summary>
    public void EndCodecAccess(ConverterPort kept)
    {
        TryWait(out _);
        Set(kept);
    }

    private bool TryRead(uint cell, out uint data)
    {
        data = 0;
        if (!TryWait(out ConverterPort port))
        {
            return false;
        }

        ConverterPort kept = port & ConverterPort.Kept;
        Set(kept | Address(cell) | ConverterPort.StateReady);
        if (!TryWait(out port) || !((port & ConverterPort.StateMask) == ConverterPort.StateReady || TryWaitForState(ConverterPort.StateReady)))
        {
            return false;
        }

        data = (uint)Get() & DataMask;
        Set(kept | Address(cell));
        return true;
    }

    private bool TryWrite(uint cell, uint data)
    {
        bool ready = TryWait(out ConverterPort port);
        if (ready)
        {
            Set((port & ConverterPort.Kept) | Address(cell) | ConverterPort.Write | (ConverterPort)data);
        }

        return ready;
    }

    private bool TryWait(out ConverterPort port)
    {
        long end = services.MonotonicNanoseconds + AccessNanoseconds;
        do
        {
            port = Get();
            if ((port & ConverterPort.Busy) == 0)
            {
                return true;
            }
        }
        while (services.MonotonicNanoseconds < end);

        return false;
    }

    private bool TryWaitForState(ConverterPort state)
    {
        long end = services.MonotonicNanoseconds + AccessNanoseconds;
        do
        {
            if ((Get() & ConverterPort.StateMask) == state)
            {
                return true;
            }
        }
        while (services.MonotonicNanoseconds < end);

        return false;
    }

    private static ConverterPort Address(uint cell) => (ConverterPort)(cell << AddressShift);

    private ConverterPort Get() => (ConverterPort)ports.Read32((uint)AudioPciRegister.Converter);

    private void Set(ConverterPort value) => ports.Write32((uint)AudioPciRegister.Converter, (uint)value);
}
