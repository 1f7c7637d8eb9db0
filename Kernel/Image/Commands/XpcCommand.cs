using NooksOS.Contracts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Shell;
using NooksOS.Wrappers;

namespace NooksOS.Image.Commands;

/// <summary><c>xpc</c>: how often each wrapper was called.</summary>
internal sealed class XpcCommand : ICommand
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly ulong[,] _lastCalls = new ulong[GateBinding.ServiceTableLength, byte.MaxValue + 1];
    private long _lastNanoseconds;

    public CommandSyntax Syntax { get; } = new()
    {
        Name = "xpc",
        Summary = "calls through each wrapper, and how many a second since it was asked last",
        Options = [new CommandOption("all", null, "also wrappers that were never called"), CommandOption.Json],
        Details = "What a call costs depends on the machine: see bench xpc.",
    };

    public int Run(ShellContext context)
    {
        long now = Clock.Nanoseconds;
        double seconds = (now - _lastNanoseconds) / NanosecondsPerSecond;
        Table table = new(
            new TableColumn("CONTRACT", "contract"),
            new TableColumn("METHOD", "method"),
            new TableColumn("DIRECTION", "direction"),
            new TableColumn("CALLS", "calls"),
            new TableColumn("PER SECOND", "perSecond"));
        foreach (ContractDescription contract in ContractCatalog.All)
        {
            string direction = contract.Direction == CallDirection.KernelToExtension ? "in" : "out";
            for (int method = 0; method < contract.Methods.Count; method++)
            {
                ulong calls = contract.GetCalls(method);
                ref ulong last = ref _lastCalls[contract.Id, method];
                if (calls != 0 || context.Arguments.Has("all"))
                {
                    table.Add(contract.Name, contract.Methods[method], direction, calls, (ulong)((calls - last) / seconds));
                }

                last = calls;
            }
        }

        _lastNanoseconds = now;
        context.Print(table);
        return ExitCode.Success;
    }
}
