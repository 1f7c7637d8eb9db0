namespace NooksOS.Image.SelfTests;

/// <summary>What became of one test.</summary>
/// <param name="Name">What was checked.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Detail">Why not, as far as is known; empty if it held.</param>
public readonly record struct SelfTestResult(string Name, bool Passed, string Detail);
