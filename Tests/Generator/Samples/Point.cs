namespace NooksOS.Tests.Generator.Samples;

/// <summary>A structure that crosses, with padding inside.</summary>
public readonly record struct Point(byte Layer, long X, short Y);
