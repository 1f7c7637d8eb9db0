using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Requests;

/// <summary>How the demonstration is run.</summary>
/// <param name="Requests">How many requests are made at least.</param>
/// <param name="Connections">How many connections make them, each one after the other.</param>
/// <param name="Extensions">Which extensions are crashed, in turn.</param>
/// <param name="CrashInterval">How often one of them is; null for never.</param>
public sealed record RequestsSettings(long Requests, int Connections, IReadOnlyList<string> Extensions, TimeSpan? CrashInterval);
