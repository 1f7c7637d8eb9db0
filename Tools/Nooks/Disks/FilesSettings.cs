using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Disks;

/// <summary>How the demonstration is run.</summary>
/// <param name="Files">How many files the tree has.</param>
/// <param name="Megabytes">The size of the disk.</param>
/// <param name="Seed">What the tree follows from.</param>
/// <param name="Extensions">For each of them the tree is copied once while it is crashed.</param>
/// <param name="CrashInterval">How often.</param>
public sealed record FilesSettings(int Files, int Megabytes, int Seed, IReadOnlyList<string> Extensions, TimeSpan CrashInterval);
