namespace NooksOS.Kernel.Shell;

/// <summary>What a command returns.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Could not be done.</summary>
    public const int Failure = 1;

    /// <summary>Was asked for in a way that makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
