namespace NooksOS.Tool.Host;

/// <summary>How a finished program ended and what it printed.</summary>
/// <param name="ExitStatus">Zero for success, by custom.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record ProcessResult(int ExitStatus, string Output, string Errors);
