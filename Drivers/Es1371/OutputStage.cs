namespace NooksOS.Drivers.Es1371;

/// <summary>What follows DAC2, and gives it its rate: in each chip something else.</summary>
internal abstract class OutputStage
{
    /// <summary>What is always in the control register.</summary>
    public abstract ChipControl Control { get; }

    /// <summary>Brings it up. False if it does not answer.</summary>
    public abstract bool TryReset();

    /// <summary>Sets the rate.</summary>
    public abstract void Configure();

    /// <summary>Sets the volume, up to <see cref="Contracts.SoundLimits.FullVolume"/>.</summary>
    public abstract void SetVolume(uint volume);
}
