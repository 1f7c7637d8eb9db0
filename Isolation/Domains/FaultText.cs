namespace NooksOS.Isolation;

/// <summary>An exception that reached the boundary of a domain, or the last words of its runtime.</summary>
/// <param name="Type">Name of the exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="Stack">Return addresses, innermost first.</param>
public sealed record FaultText(string Type, string Message, ulong[] Stack);
