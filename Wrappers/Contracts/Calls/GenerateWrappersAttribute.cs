using System;

namespace NooksOS.Contracts;

/// <summary>Asks the generator for one half of the wrappers of every contract that the assembly can see.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GenerateWrappersAttribute(WrapperSide side) : Attribute
{
    /// <summary>Which half.</summary>
    public WrapperSide Side { get; } = side;
}
