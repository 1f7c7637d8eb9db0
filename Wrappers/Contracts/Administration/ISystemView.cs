using System;

namespace NooksOS.Contracts;

/// <summary>How an extension that shows the system to somebody looks at it.</summary>
[Contract(20, CallDirection.ExtensionToKernel)]
public interface ISystemView
{
    /// <summary>
    /// Reads a piece of a document in UTF-8. At offset 0 the document is made anew; the pieces behind are of the same one.
    /// Returns the length of the whole document.
    /// </summary>
    /// <param name="document">Which document.</param>
    /// <param name="count">How many of the latest entries, for documents that have such; 0 for all.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <param name="piece">Receives the piece.</param>
    CallResult<uint> Query(
        SystemDocument document, uint count, uint offset, [MaximumLength(SystemLimits.PieceBytes)] Span<byte> piece);
}
