using System;

namespace NooksOS.Contracts;

/// <summary>
/// Marks a span that the callee only writes: what it held before does not cross. If the method returns a number of type
/// <see cref="uint"/>, that is how many elements were written, and only those come back; a service of the kernel must return one.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputAttribute : Attribute;
