using System.Linq;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>Finds the extension that a command names.</summary>
public static class KnownExtension
{
    /// <summary>The extension.</summary>
    /// <exception cref="CommandFailureException">There is none; the message says which there are.</exception>
    public static ExtensionStatus Find(RecoveryManager manager, string name)
        => manager.Describe(name) ?? throw Unknown(name, [.. manager.Describe().Select(extension => extension.Name)]);

    /// <summary>What to say about a name that nobody has.</summary>
    public static CommandFailureException Unknown(string name, string[] known)
    {
        string guess = Suggestion.FindNearest(name, known) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"there are: {string.Join(", ", known)}";
        return new CommandFailureException($"there is no extension '{name}'; {guess}");
    }
}
