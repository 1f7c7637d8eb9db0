using System;

namespace NooksOS.Contracts;

/// <summary>
/// Names the class that an image is made of: it implements <see cref="IExtension"/> and has a constructor without
/// parameters. The generator makes the image's entry point from it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ExtensionAttribute(Type implementation) : Attribute
{
    /// <summary>The class.</summary>
    public Type Implementation { get; } = implementation;
}
