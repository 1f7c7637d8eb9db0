using System;

namespace NooksOS.Contracts;

/// <summary>Marks a method that may be repeated on a fresh instance after the first one died, without harm.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
