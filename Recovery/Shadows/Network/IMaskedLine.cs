namespace NooksOS.Recovery.Shadows;

/// <summary>The interrupt line of a device, which is masked since it asked for its driver.</summary>
public interface IMaskedLine
{
    /// <summary>Whether others use the line as well, who cannot be held up for long.</summary>
    bool IsShared { get; }

    /// <summary>Unmasks the line, unless its driver has died meanwhile.</summary>
    /// <param name="work">Counts what was done for the device since boot. Only its changes matter.</param>
    void Release(ulong work);
}
