using System;

namespace NooksOS.Contracts;

/// <summary>
/// Marks a service of the kernel during which no other thread enters the caller's domain, so that it may be called in the
/// middle of a change. Only for services that never wait, for locks of a few instructions at most, and call no domain.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KeepsMonitorAttribute : Attribute;
