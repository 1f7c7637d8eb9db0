using System;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary><c>ext list</c>, <c>ext load NAME</c> or <c>PATH</c>, <c>ext unload NAME</c>, <c>ext reload NAME [PATH]</c>.</summary>
internal sealed class ExtensionsCommand(RecoveryManager manager, IImageInstaller? images) : ICommand
{
    private const long CommandBoundNanoseconds = 10_000_000_000;
    private const double NanosecondsPerSecond = 1e9;
    private const string ImageSuffix = ".nx";

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "ext",
        Summary = "list, load, unload or reload extensions",
        Arguments = "list | load NAME | load PATH | unload NAME | reload NAME [PATH]",
        MinimumArguments = 1,
        MaximumArguments = 3,
        Options = [CommandOption.Json],
        Details = "A PATH is a file NAME.nx on the disk. An extension that came from a file is reloaded from what is in it then: "
            + "state is handed over as after a crash, and users see a pause.",
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
        name = Install(command, name, context.Arguments.Get(2));
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

    // Returns the name of the extension that is meant.
    private string Install(ExtensionCommand command, string name, string? path)
    {
        if (command == ExtensionCommand.Load && name.StartsWith('/'))
        {
            path = name;
            name = path[(path.LastIndexOf('/') + 1)..];
            name = name.EndsWith(ImageSuffix, StringComparison.Ordinal) ? name[..^ImageSuffix.Length] : name;
        }
        else if (path is not null && command != ExtensionCommand.Reload)
        {
            throw new UsageException("only reload takes a NAME and a PATH");
        }

        ExtensionStatus? known = manager.Describe(name);
        if (command == ExtensionCommand.Reload)
        {
            path ??= images?.FindPath(name);
        }

        if (path is not null)
        {
            (images ?? throw new CommandFailureException("images cannot be taken from files here")).Install(known?.ImageName ?? name, path);
            if (known is null)
            {
                manager.Register(new ExtensionDefinition { Name = name, ImageName = name });
            }
        }

        return name;
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
                ? Math.Round(extension.InstanceStartNanoseconds / NanosecondsPerSecond, 3)
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
