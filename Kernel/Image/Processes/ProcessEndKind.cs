namespace NooksOS.Image.Processes;

/// <summary>How a process ended.</summary>
internal enum ProcessEndKind
{
    /// <summary>By itself, with a status.</summary>
    Exited,

    /// <summary>By a fault.</summary>
    Failed,

    /// <summary>By whoever had started it.</summary>
    Interrupted,
}
