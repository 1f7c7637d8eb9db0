using System;

namespace NooksOS.Extensions.KHttpd.Content;

/// <summary>Where files come from.</summary>
internal interface IFileSource
{
    /// <summary>The file under a decoded path that begins with a slash, or null.</summary>
    Representation? Open(ReadOnlySpan<byte> path);
}
