namespace NooksOS.Drivers;

/// <summary>
/// Tells whether a device fills, or waits for, another slot than the one that the driver looks at, from nothing but what it
/// reports: it announces frames, or frames without a slot, and the driver finds none. Once, that is old news: the frame was found
/// before the announcement was read. Again and again, with no frame in between, it is not.
/// </summary>
public sealed class ReceiverWatch
{
    private const int Patience = 3;

    private int _silences;

    /// <summary>Notes that slots came back: the device and the driver agree about the next one.</summary>
    public void NoteFrames() => _silences = 0;

    /// <summary>Notes that frames were announced and none was found. Returns whether the device has lost its way.</summary>
    public bool NoteSilence()
    {
        _silences = (_silences + 1) % Patience;
        return _silences == 0;
    }
}
