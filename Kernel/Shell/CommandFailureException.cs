using System;

namespace NooksOS.Kernel.Shell;

/// <summary>A command cannot do what it was asked; the message says why.</summary>
public class CommandFailureException(string message) : Exception(message);
