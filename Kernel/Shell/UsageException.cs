namespace NooksOS.Kernel.Shell;

/// <summary>The words given to a command make no sense; the message says what is right.</summary>
public sealed class UsageException(string message) : CommandFailureException(message);
