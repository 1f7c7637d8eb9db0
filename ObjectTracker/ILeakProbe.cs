namespace NooksOS.ObjectTracker;

/// <summary>
/// A part of the kernel that hands out resources and counts, independently of the tracker, what each domain still has of
/// them. The leak check asks it, so that a release routine that forgets something is found.
/// </summary>
public interface ILeakProbe
{
    /// <summary>What is counted, for messages.</summary>
    string Name { get; }

    /// <summary>How much of it the domain still has.</summary>
    uint CountHeldBy(uint domainId);
}
