using NooksOS.Contracts;
using NooksOS.Drivers.Sound;

namespace NooksOS.Drivers.Es1371;

/// <summary>
/// DAC2 of either chip, through which everything is played. The rest, which is where they differ, is an
/// <see cref="OutputStage"/>. No register is ever written in a way that changes rate or format while frames that a
/// predecessor has given to the device are on their way out.
/// </summary>
internal sealed class AudioPciHardware(PortWindow ports, OutputStage output)
{
    private const SerialControl Format = SerialControl.Dac2Stereo | SerialControl.Dac2SixteenBits | SerialControl.Dac2EndIncrementTwo;
    private const int CountShift = 16;
    private const uint CountMask = 0xFFFF;

    // What the chip reads where there is none.
    private const uint NoDevice = uint.MaxValue;

    /// <summary>How the kernel stops DAC2 and reads how far it is.</summary>
    public static PortStop Stopping => new(
        (uint)AudioPciRegister.Control,
        (uint)ChipControl.Dac2Enable,
        (uint)AudioPciRegister.MemoryPage,
        (uint)MemoryPage.Dac,
        (uint)AudioPciRegister.Dac2FrameCount,
        CountShift,
        CountMask);

    /// <summary>The range of ports.</summary>
    public Handle<TrackedObjects.PortRange> Ports => ports.Handle;

    /// <summary>Stops everything. False if there is no device that answers.</summary>
    public bool TryReset()
    {
        Write(AudioPciRegister.Control, (uint)output.Control);
        Write(AudioPciRegister.Serial, (uint)Format);
        return ports.Read32((uint)AudioPciRegister.Control) != NoDevice && output.TryReset();
    }

    /// <summary>Programs the ring and the rate. DAC2 stands still.</summary>
    public void Configure(ulong ringAddress)
    {
        output.Configure();
        Write(AudioPciRegister.MemoryPage, (uint)MemoryPage.Dac);
        Write(AudioPciRegister.Dac2FrameAddress, (uint)ringAddress);
        Write(AudioPciRegister.Dac2FrameCount, RingLayout.LengthFrames - 1);
    }

    /// <summary>Lets DAC2 play the ring from its start.</summary>
    public void Start()
    {
        // The counter first: it begins to run with the DAC.
        Write(AudioPciRegister.Dac2SampleCount, (RingLayout.PeriodFrames - 1) * ((1u << CountShift) + 1));
        Write(AudioPciRegister.Serial, (uint)(Format | SerialControl.Dac2InterruptEnable));
        Write(AudioPciRegister.Control, (uint)(output.Control | ChipControl.Dac2Enable));
    }

    /// <summary>Stops DAC2 and acknowledges its interrupt. The position stays.</summary>
    public void Stop()
    {
        Write(AudioPciRegister.Control, (uint)output.Control);
        Write(AudioPciRegister.Serial, (uint)Format);
    }

    /// <summary>Reads how many frames of the ring DAC2 has played, less than its length.</summary>
    public uint ReadOffsetFrames()
    {
        Write(AudioPciRegister.MemoryPage, (uint)MemoryPage.Dac);
        return (ports.Read32((uint)AudioPciRegister.Dac2FrameCount) >> CountShift) % RingLayout.LengthFrames;
    }

    /// <summary>Acknowledges the interrupt of DAC2. False if there was none.</summary>
    public bool TakeInterrupt()
    {
        ChipStatus status = (ChipStatus)ports.Read32((uint)AudioPciRegister.Status);
        if ((status & ChipStatus.Dac2) == 0)
        {
            return false;
        }

        Write(AudioPciRegister.Serial, (uint)Format);
        Write(AudioPciRegister.Serial, (uint)(Format | SerialControl.Dac2InterruptEnable));
        return true;
    }

    /// <summary>Sets the volume of the codec.</summary>
    public void SetVolume(uint volume) => output.SetVolume(volume);

    private void Write(AudioPciRegister register, uint value) => ports.Write32((uint)register, value);
}
