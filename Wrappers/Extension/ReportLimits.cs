namespace NooksOS.Wrappers;

/// <summary>What <see cref="Contracts.IRuntimeServices"/> takes at most of a text or a stack.</summary>
internal static class ReportLimits
{
    /// <summary>Name of a type, in bytes of UTF-8.</summary>
    internal const int TypeBytes = 256;

    /// <summary>A message, in bytes of UTF-8.</summary>
    internal const int MessageBytes = 1024;

    /// <summary>Return addresses.</summary>
    internal const int StackDepth = 32;
}
