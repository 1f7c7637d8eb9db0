namespace NooksOS.Kernel.Cpu;

/// <summary>The counters of this machine: channel 2 of the interval timer is the one that nobody else uses (Intel 8254).</summary>
internal sealed class MachineCounters : ICalibrationCounters
{
    private const ushort Channel2 = 0x42;
    private const ushort Command = 0x43;
    private const ushort Gate = 0x61;

    // Mode 0: the output, readable at the gate's port, rises when the count is over.
    private const byte CountOnce = 0xB0;
    private const byte LatchChannel2 = 0x80;
    private const byte OutputBit = 0x20;
    private const byte SpeakerBit = 0x02;
    private const byte GateBit = 0x01;

    /// <inheritdoc/>
    public ulong TimeStamp => Processor.ReadTimeStamp();

    /// <inheritdoc/>
    public uint TimerCounts => LocalApic.CountdownElapsed;

    /// <inheritdoc/>
    public ushort IntervalCounts
    {
        get
        {
            PortIo.Write8(Command, LatchChannel2);
            byte low = PortIo.Read8(Channel2);
            return (ushort)-(low | (PortIo.Read8(Channel2) << 8));
        }
    }

    /// <inheritdoc/>
    public bool HasIntervalEnded => (PortIo.Read8(Gate) & OutputBit) != 0;

    /// <inheritdoc/>
    public void Restart()
    {
        PortIo.Write8(Gate, (byte)((PortIo.Read8(Gate) & ~SpeakerBit) | GateBit));
        PortIo.Write8(Command, CountOnce);

        // Zero is 65,536.
        PortIo.Write8(Channel2, 0);
        PortIo.Write8(Channel2, 0);
        LocalApic.StartCountdown();
    }
}
