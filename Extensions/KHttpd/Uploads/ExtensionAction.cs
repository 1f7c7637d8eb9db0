using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.KHttpd.Uploads;

/// <summary>Does something to an extension.</summary>
/// <param name="extension">Its name.</param>
/// <param name="word">How.</param>
internal delegate CallResult ExtensionAction(ReadOnlySpan<byte> extension, ReadOnlySpan<byte> word);
