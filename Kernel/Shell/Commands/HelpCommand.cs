namespace NooksOS.Kernel.Shell.Commands;

/// <summary>Lists the commands, or explains one.</summary>
internal sealed class HelpCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new()
    {
        Name = "help",
        Summary = "list the commands, or explain one",
        Arguments = "[COMMAND]",
        MaximumArguments = 1,
        Options = [CommandOption.Json],
    };

    public int Run(ShellContext context)
    {
        if (context.Arguments.Get(0) is string name)
        {
            ICommand command = context.Commands.Find(name) ?? throw new CommandFailureException(context.Commands.DescribeUnknown(name));
            Explain(command.Syntax, context);
            return ExitCode.Success;
        }

        Table table = new(new("COMMAND", "command"), new("DOES", "summary"));
        foreach (ICommand command in context.Commands.All)
        {
            table.Add(context.Json ? command.Syntax.Name : Shorten(command.Syntax), command.Syntax.Summary);
        }

        context.Print(table);
        return ExitCode.Success;
    }

    // The list shall fit a terminal of 80 columns; 'help NAME' shows the rest.
    private static string Shorten(CommandSyntax syntax)
    {
        const int Widest = 28;
        string whole = syntax.Arguments.Length == 0 ? syntax.Name : $"{syntax.Name} {syntax.Arguments}";
        return whole.Length <= Widest ? whole : $"{syntax.Name} ...";
    }

    private static void Explain(CommandSyntax syntax, ShellContext context)
    {
        context.Output.WriteLine($"usage: {syntax.Usage}");
        context.Output.WriteLine(syntax.Summary);
        foreach (CommandOption option in syntax.Options)
        {
            string name = option.ValueName == null ? $"--{option.Name}" : $"--{option.Name} {option.ValueName}";
            context.Output.WriteLine($"  {name,-24} {option.Summary}");
        }

        if (syntax.Details.Length > 0)
        {
            context.Output.WriteLine(syntax.Details);
        }
    }
}
