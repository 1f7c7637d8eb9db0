namespace NooksOS.Tool.Links;

/// <summary>What happens to one frame.</summary>
/// <param name="Copies">How often it arrives; zero where it is lost.</param>
/// <param name="PlacesBack">How many later frames overtake the first of the copies; zero leaves it in its place.</param>
public readonly record struct FrameFate(int Copies, int PlacesBack)
{
    /// <summary>Arrives, once and in its place.</summary>
    public static readonly FrameFate Unharmed = new(1, 0);

    /// <summary>Does not arrive.</summary>
    public static readonly FrameFate Lost = new(0, 0);
}
