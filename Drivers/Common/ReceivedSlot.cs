namespace NooksOS.Drivers;

/// <summary>What a device says of a receive slot that it is done with. It may say anything.</summary>
/// <param name="IsWholeFrame">Whether a frame begins and ends there.</param>
/// <param name="EndsFrame">Whether a frame ends there, wherever it began.</param>
/// <param name="IsGood">Whether the frame came in without an error.</param>
/// <param name="FrameBytes">Its length without the check sequence.</param>
public readonly record struct ReceivedSlot(bool IsWholeFrame, bool EndsFrame, bool IsGood, uint FrameBytes)
{
    private const uint CheckSequenceBytes = 4;

    /// <summary>A frame that the device says is bad.</summary>
    public static ReceivedSlot Bad => new(IsWholeFrame: true, EndsFrame: true, IsGood: false, 0);

    /// <summary>The length of a frame by what a device reports that counts the check sequence, too.</summary>
    public static uint WithoutCheckSequence(uint reportedBytes)
        => reportedBytes < CheckSequenceBytes ? 0 : reportedBytes - CheckSequenceBytes;
}
