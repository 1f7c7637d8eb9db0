using NooksOS.Image.Hosting;
using NooksOS.Image.Injection;
using NooksOS.Image.Probing;
using NooksOS.Image.Soundness;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image.Commands;

/// <summary>The commands that need several layers at once.</summary>
internal static class ImageCommands
{
    /// <summary>Adds them.</summary>
    public static void AddTo(
        CommandRegistry commands,
        DomainHost host,
        RecoveryManager manager,
        NetworkDeviceShadow networkDevice,
        SocketShadow sockets,
        BlockShadow disks,
        FileShadow files,
        KernelClock clock,
        ServiceProbes probes)
    {
        commands.Add(new BenchCommand(host, clock));
        commands.Add(new DmaCommand());
        Injector injector = new(host);
        host.Furnished = injector.Furnished;
        commands.Add(new InjectCommand(host, manager, injector));
        commands.Add(new IsolateCommand(host, manager, clock));
        commands.Add(new NetworkCommand(host, networkDevice));
        commands.Add(new PingCommand(host, clock));
        commands.Add(new ProbeCommand(probes, disks, files));
        commands.Add(new SocketsCommand(sockets));
        commands.Add(new VerifyCommand(new SoundnessProof(host), host.Guard));
        commands.Add(new XpcCommand());
    }
}
