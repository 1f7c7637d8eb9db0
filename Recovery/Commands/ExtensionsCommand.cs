using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>ext list</c>, <c>ext load NAME</c>, <c>ext unload NAME</c>, <c>ext reload NAME</c>.</summary>
internal sealed class ExtensionsCommand(RecoveryManager manager) : ICommand
{
    private const long CommandBoundNanoseconds = 10_000_000_000;
    private const double NanosecondsPerSecond = 1e9;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "ext",
        Summary = "list, load, unload or reload extensions",
        Arguments = "list | load NAME | unload NAME | reload NAME",
        MinimumArguments = 1,
        MaximumArguments = 2,
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        string verb = context.Arguments.Get(0)!;
        if (verb == "list")
        {
            List(context);
            return ExitCode.Success;
        }

        ExtensionCommand command = verb switch
        {
            "load" => ExtensionCommand.Load,
            "unload" => ExtensionCommand.Unload,
            "reload" => ExtensionCommand.Reload,
            _ => throw new UsageException($"'{verb}' is not list, load, unload or reload"),
        };
        string name = context.Arguments.Get(1) ?? throw new UsageException($"ext {verb} needs a NAME");
        KnownExtension.Find(manager, name);
        if (manager.Request(name, command) is { } refusal)
        {
            throw new CommandFailureException(refusal);
        }

        switch (manager.WaitForCommand(name, CommandBoundNanoseconds))
        {
            case RecoveryWaitResult.Done:
                return ExitCode.Success;
            case RecoveryWaitResult.TimedOut:
                throw new CommandFailureException($"{name} is still being {verb}ed");
            default:
                throw new CommandFailureException($"{name}: {manager.Describe(name)?.LastError}");
        }
    }

    private void List(ShellContext context)
    {
        Table table = new(
            new TableColumn("NAME", "name"),
            new TableColumn("IMAGE", "image"),
            new TableColumn("REPLACEMENT", "replacement"),
            new TableColumn("STATE", "state"),
            new TableColumn("GENERATION", "generation"),
            new TableColumn("SINCE SECONDS", "sinceSeconds"),
            new TableColumn("LAST ERROR", "lastError"));
        foreach (ExtensionStatus extension in manager.Describe())
        {
            double? since = extension.State == ExtensionState.Running
                ? System.Math.Round(extension.InstanceStartNanoseconds / NanosecondsPerSecond, 3)
                : null;
            table.Add(
                extension.Name,
                extension.ImageName,
                extension.ReplacementImageName,
                extension.IsAvailable ? "available" : Words.Of(extension.State),
                extension.Generation,
                since,
                extension.LastError);
        }

        context.Print(table);
    }
}
