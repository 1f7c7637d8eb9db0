using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Host;
using NooksOS.Tool.Links;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary><c>nooks run</c>: boots with the kernel's shell in this terminal.</summary>
public static class RunCommand
{
    private const int WebPort = 80;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        BootOptionSet boot = new(timeoutSeconds: 0);
        Option<string> display = new("--display")
        {
            Description = "QEMU's display for the screen of the machine, such as gtk",
            HelpName = "KIND",
            DefaultValueFactory = _ => EmulatorOffers.NoDisplay,
        };
        Command command = new("run", "Boot with the shell in this terminal (Ctrl-A X leaves)") { display };
        boot.AddTo(command);
        command.SetAction(async (result, interrupt) =>
        {
            using Deadline deadline = new(boot.ReadTimeout(result), interrupt);
            return await deadline.LimitAsync(token => RunAsync(context, boot.Read(result), result.GetValue(display)!, token));
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, BootOptions options, string display, CancellationToken cancellation)
    {
        string iso = await context.BuildForAsync(options, cancellation);
        await EmulatorOffers.RequireDisplayAsync(display, cancellation);
        options = WithDashboard(options);
        using TemporaryFolder folder = new();
        await using LinkRelay? relay = LinkRelay.For(options, folder);
        MachineWiring wiring = new()
        {
            IsoFile = iso,
            Display = display,
            Relay = relay?.Sockets,
            UefiVariablesFile = folder.File("uefi-variables"),
            UefiCodeFile = options.Firmware == Firmware.Uefi ? UefiFirmware.Prepare(folder.File("uefi-variables")) : null,
        };
        Progress.Say("Ctrl-A X leaves");
        return await TerminalMachine.RunAsync(options, wiring, cancellation);
    }

    // The kernel's web server, unless the user has forwarded its port himself.
    private static BootOptions WithDashboard(BootOptions options)
    {
        PortForward? forward = options.Forwards.FirstOrDefault(
            forward => forward.GuestPort == WebPort && forward.LeadsConnections);
        if (options.Nic == NicModels.None)
        {
            return options;
        }

        if (forward is null)
        {
            forward = new PortForward(ForwardedTransport.Tcp, FreePort.Find(), WebPort);
            options = options with { Forwards = [.. options.Forwards, forward] };
        }

        Progress.Say($"The dashboard is at http://127.0.0.1:{forward.HostPort.ToString(CultureInfo.InvariantCulture)}/");
        return options;
    }
}
