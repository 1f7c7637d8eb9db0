namespace NooksOS.Drivers.Intel8254x;

/// <summary>Where the fields of EERD are, which differs from one family to the next. The start bit is bit 0 in all of them.</summary>
/// <param name="Done">The bit that says that the word is there.</param>
/// <param name="AddressShift">Lowest bit of the word's number.</param>
internal readonly record struct EepromFormat(uint Done, int AddressShift)
{
    /// <summary>START.</summary>
    public const uint Start = 1u << 0;

    /// <summary>Lowest bit of the word that was read.</summary>
    public const int DataShift = 16;
}
