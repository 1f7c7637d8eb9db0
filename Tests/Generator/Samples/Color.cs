namespace NooksOS.Tests.Generator.Samples;

/// <summary>An enumeration that crosses.</summary>
public enum Color : byte
{
    /// <summary>The first.</summary>
    Red = 1,

    /// <summary>The second.</summary>
    Green = 2,
}
