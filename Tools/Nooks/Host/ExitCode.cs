namespace NooksOS.Tool.Host;

/// <summary>What the tool says to the script that called it.</summary>
public enum ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    Success = 0,

    /// <summary>A shell command or a test failed.</summary>
    Failure = 1,

    /// <summary>The command line was wrong, or the host could not build or start the machine.</summary>
    Usage = 2,

    /// <summary>The kernel panicked.</summary>
    Panic = 3,

    /// <summary>The kernel hung, reset the machine, or ran out of time.</summary>
    Hang = 4,

    /// <summary>The user pressed Ctrl-C; the number is the shells' convention.</summary>
    Interrupted = 130,
}
