namespace NooksOS.Recovery;

/// <summary>
/// What the processor was found doing at each tick of the timer, since boot. Unlike clocks these stand still while an emulator is not run
/// by its host.
/// </summary>
/// <param name="All">Ticks.</param>
/// <param name="Idle">Those that found nothing to do.</param>
/// <param name="Asked">Those that found the one who was asked something at work.</param>
public readonly record struct ProcessorTicks(ulong All, ulong Idle, ulong Asked)
{
    /// <summary>What has happened between two moments.</summary>
    public static ProcessorTicks operator -(in ProcessorTicks later, in ProcessorTicks earlier)
        => new(later.All - earlier.All, later.Idle - earlier.Idle, later.Asked - earlier.Asked);
}
