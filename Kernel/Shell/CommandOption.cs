namespace NooksOS.Kernel.Shell;

/// <summary>An option of a command, given as <c>--name</c>, or <c>--name value</c> or <c>--name=value</c>.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="ValueName">What the value is called in the usage line; null if the option takes none.</param>
/// <param name="Summary">What it does.</param>
public sealed record CommandOption(string Name, string? ValueName, string Summary)
{
    /// <summary>The option that every command with data has.</summary>
    public static CommandOption Json { get; } = new("json", null, "print one JSON document");
}
