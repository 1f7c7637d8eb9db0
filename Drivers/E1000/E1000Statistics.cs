using NooksOS.Contracts;

namespace NooksOS.Drivers.E1000;

/// <summary>What the driver has counted, and what only the device can count.</summary>
internal sealed class E1000Statistics
{
    private readonly HardwareCounter _checksumErrors = new(E1000Register.ChecksumErrorCount);
    private readonly HardwareCounter _symbolErrors = new(E1000Register.ReceiveErrorCount);
    private readonly HardwareCounter _missedPackets = new(E1000Register.MissedPacketCount);

    public ulong FramesReceived { get; set; }

    public ulong FramesTransmitted { get; set; }

    public ulong BytesReceived { get; set; }

    public ulong BytesTransmitted { get; set; }

    public ulong ReceiveErrors { get; set; }

    public ulong ReceiveDropped { get; set; }

    public ulong TransmitErrors { get; set; }

    public ulong Interrupts { get; set; }

    /// <summary>Ignores what the device has counted so far: it counted for somebody else.</summary>
    public void Settle(E1000Hardware hardware)
    {
        _checksumErrors.ReadIncrease(hardware);
        _symbolErrors.ReadIncrease(hardware);
        _missedPackets.ReadIncrease(hardware);
    }

    /// <summary>Adds what the device has counted, and returns everything.</summary>
    public NetworkStatistics Read(E1000Hardware hardware)
    {
        ReceiveErrors += _checksumErrors.ReadIncrease(hardware);
        ReceiveErrors += _symbolErrors.ReadIncrease(hardware);
        ReceiveDropped += _missedPackets.ReadIncrease(hardware);
        return new NetworkStatistics(
            FramesReceived,
            FramesTransmitted,
            BytesReceived,
            BytesTransmitted,
            ReceiveErrors,
            ReceiveDropped,
            TransmitErrors,
            Interrupts);
    }
}
