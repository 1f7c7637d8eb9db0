using System;
using NooksOS.Tests.Units.NetworkDrivers;

namespace NooksOS.Tests.Units.StorageDrivers;

/// <summary>A controller with one disk, as seen through its registers.</summary>
internal abstract class SimulatedDiskController(FakeMemory memory, FakeClock clock) : SimulatedRegisters(memory, clock)
{
    public const string SerialNumber = "NOOKS-1";

    public SimulatedMedium Medium { get; } = new();

    /// <summary>Whether requests are only noted, until <see cref="AnswerPending"/>.</summary>
    public bool AnswersLater { get; set; }

    /// <summary>The most requests that it had at once.</summary>
    public int MostAtOnce { get; protected set; }

    /// <summary>Carries out what it has, in an order by chance if there is one.</summary>
    public abstract void AnswerPending(Random? random = null);
}
