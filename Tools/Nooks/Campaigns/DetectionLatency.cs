using System;

namespace NooksOS.Tool.Campaigns;

/// <summary>How long a failure went unnoticed while work waited.</summary>
public static class DetectionLatency
{
    /// <summary>
    /// From the first fault that was reached to the detection. Users come only when the injection is over: what was reached before, while
    /// an instance started with faults or was asked for a sign of life, keeps nobody waiting until then.
    /// </summary>
    /// <param name="reached">When the first fault was reached, in milliseconds since the machine was started, as are the others.</param>
    /// <param name="injected">When the injection was over.</param>
    /// <param name="detected">When the failure was detected.</param>
    public static double Milliseconds(double reached, double injected, double detected)
        => detected - (detected > injected ? Math.Max(reached, injected) : reached);
}
