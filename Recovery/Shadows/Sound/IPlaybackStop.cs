namespace NooksOS.Recovery.Shadows;

/// <summary>Stops a sound device without its driver.</summary>
public interface IPlaybackStop
{
    /// <summary>
    /// Stops the device and returns how many frames it has taken from the start of its ring; null if it cannot be told. May be
    /// called again.
    /// </summary>
    uint? StopAndRead();
}
