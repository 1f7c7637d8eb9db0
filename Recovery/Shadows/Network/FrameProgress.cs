using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>What the driver and the stack have still to do, for whoever watches whether they go on.</summary>
internal static class FrameProgress
{
    /// <summary>Takes samples and returns how many. Under the shadow's guard.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="stack">The stack.</param>
    /// <param name="traffic">What passes between them.</param>
    /// <param name="isHeldUp">Whether the thread that calls them was kept from it.</param>
    /// <param name="samples">Receives the samples.</param>
    public static int Sample(DriverSide driver, StackSide stack, TrafficWatch traffic, bool isHeldUp, Span<ProgressSample> samples)
    {
        samples[0] = new ProgressSample
        {
            DomainId = driver.DomainId,
            Instance = driver.Instances,
            What = "frames queued for the driver",
            IsActive = driver.IsTransmitting,
            IsHeldUp = isHeldUp,
            IsUrgent = traffic.IsProbed,
            Pending = (uint)driver.Frames.Queued,
            Completed = driver.Frames.Accepted,
        };
        samples[1] = samples[0] with
        {
            What = "frames given to the driver",
            Pending = driver.Frames.InFlight,
            Completed = driver.Frames.Completed,
        };
        samples[2] = new ProgressSample
        {
            DomainId = stack.DomainId,
            Instance = stack.Instances,
            What = "frames queued for the stack",
            IsActive = stack.State == SideState.Ready,
            IsHeldUp = isHeldUp,
            IsUrgent = traffic.IsProbed,
            Pending = (uint)stack.Frames.Queued,
            Completed = stack.Frames.Accepted,
        };
        samples[3] = samples[2] with
        {
            What = "connection requests",
            Pending = traffic.IsAnswerAwaited(driver, stack.Instances) ? 1u : 0,
            Completed = traffic.Answers,
        };
        return 4;
    }
}
