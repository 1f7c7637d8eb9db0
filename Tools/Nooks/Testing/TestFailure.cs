namespace NooksOS.Tool.Testing;

/// <summary>A test that failed.</summary>
/// <param name="Name">The full name.</param>
/// <param name="Message">What was wrong.</param>
public sealed record TestFailure(string Name, string Message);
