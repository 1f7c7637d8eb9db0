using System;

namespace NooksOS.Contracts;

/// <summary>
/// Marks an interface as a contract between the kernel and an extension. The generator makes both stubs of every method.
/// Parameters are unmanaged values, or spans of unmanaged values: <see cref="ReadOnlySpan{T}"/> is copied in,
/// <see cref="Span{T}"/> is copied in and back (call-by-value-result). Every method returns <see cref="CallResult"/> or
/// <see cref="CallResult{T}"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ContractAttribute(ushort id, CallDirection direction) : Attribute
{
    /// <summary>The number that stands for the contract at the boundary. Never reused.</summary>
    public ushort Id { get; } = id;

    /// <summary>Who calls whom.</summary>
    public CallDirection Direction { get; } = direction;

    /// <summary>Raised whenever a method or layout changes, so that an image made for another version is refused.</summary>
    public ushort Version { get; init; } = 1;
}
