using System.Collections.Generic;

namespace NooksOS.Tests.Units.NetworkDrivers;

/// <summary>A network device as seen through its registers: what the models of all of them have in common.</summary>
internal abstract class SimulatedDevice(FakeMemory memory, FakeClock clock) : SimulatedRegisters(memory, clock)
{
    /// <summary>Whether frames to send are only noted, until <see cref="TransmitPending"/>.</summary>
    public bool TransmitsLater { get; set; }

    public List<byte[]> Sent { get; } = [];

    /// <summary>A frame arrives. It waits outside while the device says that it cannot take it.</summary>
    public abstract void Arrive(byte[] frame);

    /// <summary>Offers what waits outside.</summary>
    public abstract void Flush();

    public abstract void SetLink(bool isUp);

    /// <summary>Sends what the ring holds.</summary>
    public abstract void TransmitPending();
}
