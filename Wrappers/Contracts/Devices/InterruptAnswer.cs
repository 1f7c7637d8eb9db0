namespace NooksOS.Contracts;

/// <summary>What a driver can answer to <see cref="IInterruptSink.OnInterrupt"/>.</summary>
public static class InterruptAnswer
{
    /// <summary>The driver's device was not the cause.</summary>
    public const uint NotMine = 0;

    /// <summary>The device was the cause, and has been served.</summary>
    public const uint Served = 1;

    /// <summary>The device was the cause, and there is more to do than fits one call: the driver wants to be called again at once.</summary>
    public const uint WorkLeft = 2;
}
