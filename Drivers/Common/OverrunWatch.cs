namespace NooksOS.Drivers;

/// <summary>
/// Tells whether a device waits for a receive slot that it will never get, from nothing but what it reports: frames that found
/// no slot. Reported once while it has all slots, that can be old news. If it is reported again and still no frame has come, it
/// happened after all slots were the device's, so the device looks at another slot than the driver.
/// </summary>
public sealed class OverrunWatch
{
    private bool _wasOverrun;

    /// <summary>Notes that slots came back: the device and the driver agree about the next one.</summary>
    public void NoteFrames() => _wasOverrun = false;

    /// <summary>Notes a frame that found no slot, when no slot had come back. Returns whether the device has lost its way.</summary>
    public bool NoteOverrun()
    {
        bool isLost = _wasOverrun;
        _wasOverrun = !isLost;
        return isLost;
    }
}
