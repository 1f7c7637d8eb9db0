using System;

namespace NooksOS.Contracts;

/// <summary>The largest number of elements a span parameter may carry. A longer one is a bad parameter of the caller.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MaximumLengthAttribute(int elements) : Attribute
{
    /// <summary>The bound, in elements of the span.</summary>
    public int Elements { get; } = elements;
}
