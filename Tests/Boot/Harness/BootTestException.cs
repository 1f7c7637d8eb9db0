using System;

namespace NooksOS.Tests.Boot.Harness;

/// <summary>A boot test has failed.</summary>
public sealed class BootTestException(string message, Exception inner) : Exception(message, inner);
