namespace NooksOS.Isolation.Injection;

/// <summary>A change to one instruction of an image.</summary>
/// <param name="Type">What kind of mistake it stands for.</param>
/// <param name="ImageOffset">Where the instruction lies in the image.</param>
/// <param name="Original">Its bytes as they were built.</param>
/// <param name="Changed">Its bytes as they are now; as many.</param>
public sealed record TextFault(FaultType Type, uint ImageOffset, byte[] Original, byte[] Changed)
{
    /// <summary>The instruction as it was built.</summary>
    public string Before => Disassembly.Of(Original, ImageOffset);

    /// <summary>The instructions that are there now. A changed length makes the next ones differ too.</summary>
    public string After => Disassembly.Of(Changed, ImageOffset);

    /// <summary>Whether two faults change the same bytes.</summary>
    public bool Overlaps(TextFault other)
        => ImageOffset < other.ImageOffset + other.Original.Length && other.ImageOffset < ImageOffset + Original.Length;
}
