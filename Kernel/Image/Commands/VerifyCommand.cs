using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Image.Hosting;
using NooksOS.Image.Soundness;
using NooksOS.Kernel.Shell;

namespace NooksOS.Image.Commands;

/// <summary><c>verify</c>: proves that the kernel is sound.</summary>
internal sealed class VerifyCommand(SoundnessProof proof, CodeGuard guard) : ICommand
{
    private const int GuardLooks = 200;

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(10);

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "verify",
        Summary = "prove that the kernel is sound: code, constants, heap, pages and tracked objects",
        Options = [CommandOption.Json],
        Details = "Pages and objects that no domain has are compared with those at the first call.",
    };

    public int Run(ShellContext context)
    {
        // What the guard looks at are pages of nobody's if their image was replaced meanwhile, and it comes last of all threads.
        for (int look = 0; look < GuardLooks && !guard.IsAtRest; look++)
        {
            context.Sleep(s_poll);
        }

        IReadOnlyList<SoundnessCheck> checks = proof.Check();
        Table table = new(new TableColumn("RESULT", "result"), new TableColumn("CHECK", "check"), new TableColumn("DETAIL", "detail"));
        foreach (SoundnessCheck check in checks)
        {
            table.Add(check.Holds ? "ok" : "DAMAGED", check.Name, check.Detail);
        }

        context.Print(table);
        return checks.All(check => check.Holds) ? ExitCode.Success : ExitCode.Failure;
    }
}
