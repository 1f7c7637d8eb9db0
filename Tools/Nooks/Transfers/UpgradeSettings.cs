using System;

namespace NooksOS.Tool.Transfers;

/// <summary>How the demonstration is run.</summary>
/// <param name="Extension">What is replaced.</param>
/// <param name="LengthBytes">How much is downloaded meanwhile, over one connection.</param>
/// <param name="Interval">How often.</param>
public sealed record UpgradeSettings(string Extension, long LengthBytes, TimeSpan Interval);
