namespace NooksOS.Tool.Machines;

/// <summary>What a shell command of the kernel did.</summary>
/// <param name="Command">The command.</param>
/// <param name="Status">Zero for success.</param>
/// <param name="Output">What it printed.</param>
public sealed record CommandResult(string Command, int Status, string Output)
{
    /// <summary>True where the command succeeded.</summary>
    public bool Succeeded => Status == 0;
}
