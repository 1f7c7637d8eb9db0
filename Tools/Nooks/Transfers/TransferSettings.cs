using System;
using System.Collections.Generic;

namespace NooksOS.Tool.Transfers;

/// <summary>How the demonstration is run.</summary>
/// <param name="LengthBytes">How much is transferred in each direction.</param>
/// <param name="PieceBytes">How much of it in one request at most.</param>
/// <param name="Extensions">Which extensions are crashed, in turn.</param>
/// <param name="CrashInterval">How often one of them is; null for never.</param>
public sealed record TransferSettings(long LengthBytes, long PieceBytes, IReadOnlyList<string> Extensions, TimeSpan? CrashInterval);
