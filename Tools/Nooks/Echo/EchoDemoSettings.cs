using System;

namespace NooksOS.Tool.Echo;

/// <summary>How the demonstration is run.</summary>
/// <param name="Extension">Which extension is crashed.</param>
/// <param name="Duration">How long datagrams are sent.</param>
/// <param name="CrashInterval">How often the extension is crashed; null for never.</param>
/// <param name="DatagramsPerSecond">The rate.</param>
/// <param name="Seed">What sizes and contents follow from.</param>
public sealed record EchoDemoSettings(string Extension, TimeSpan Duration, TimeSpan? CrashInterval, int DatagramsPerSecond, int Seed);
