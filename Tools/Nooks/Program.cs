using System;
using System.CommandLine;
using System.IO;
using System.Threading.Tasks;
using NooksOS.Tool.Commands;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool;

/// <summary>The host command line: builds, boots, tests and measures NooksOS.</summary>
public static class Program
{
    // Whoever is interrupted still has its machines to end, and files to remove, each of them perhaps on a busy host.
    private static readonly TimeSpan s_afterInterrupt = TimeSpan.FromSeconds(30);

    /// <summary>Runs one command.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            ParseResult command = CreateCommandLine(SourceTree.Find()).Parse(arguments);
            if (command.Errors.Count > 0)
            {
                Progress.Say($"nooks: {CommandLineErrors.Describe(command)}");
                return (int)ExitCode.Usage;
            }

            return await command.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_afterInterrupt,
            });
        }
        catch (Exception failure) when (failure is HostException or IOException or UnauthorizedAccessException)
        {
            Progress.Say($"nooks: {failure.Message}");
            return (int)ExitCode.Usage;
        }
        catch (MachineEndedException failure)
        {
            Progress.Say($"nooks: {failure.Message}");
            return (int)failure.End.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return (int)ExitCode.Interrupted;
        }
    }

    internal static RootCommand CreateCommandLine(SourceTree tree)
    {
        CommandContext context = new(tree);
        return new RootCommand("Builds, boots, tests and measures NooksOS, a kernel that survives its drivers.")
        {
            RunCommand.Create(context),
            ExecCommand.Create(context),
            IsoCommand.Create(context),
            TestCommand.Create(context),
            DebugCommand.Create(context),
            DemoCommand.Create(context),
            BenchCommand.Create(context),
            CampaignCommand.Create(context),
            ReportCommand.Create(),
        };
    }
}
