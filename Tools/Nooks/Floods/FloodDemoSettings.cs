namespace NooksOS.Tool.Floods;

/// <summary>How the demonstration is run.</summary>
/// <param name="Requests">How many requests for connections come from addresses that do not exist.</param>
/// <param name="FuzzedSegments">How many random segments come after them.</param>
/// <param name="FramesPerSecond">The rate of both.</param>
/// <param name="Seed">What the frames follow from.</param>
public sealed record FloodDemoSettings(int Requests, int FuzzedSegments, int FramesPerSecond, int Seed)
{
    /// <summary>How many broken HTTP requests come last.</summary>
    public int BrokenRequests { get; init; }
}
