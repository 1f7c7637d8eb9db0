using System;

namespace NooksOS.Image.SelfTests;

/// <summary>One statement about the running kernel that can be checked on the machine itself.</summary>
/// <param name="Name">What is checked, in words.</param>
/// <param name="Check">Whether it holds. An exception counts as no.</param>
public sealed record SelfTest(string Name, Func<bool> Check);
