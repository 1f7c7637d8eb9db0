using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Building;
using NooksOS.Tool.Host;
using NooksOS.Tool.Machines;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Commands;

/// <summary>What every command of the tool works with.</summary>
public sealed class CommandContext
{
    /// <summary>Works in <paramref name="tree"/>.</summary>
    public CommandContext(SourceTree tree)
    {
        Tree = tree;
        Progress = new Progress();
    }

    /// <summary>The repository.</summary>
    public SourceTree Tree { get; }

    /// <summary>Where to tell what takes time.</summary>
    public Progress Progress { get; }

    /// <summary>Makes sure that the host can run a machine, and that the bootable image for it is there and up to date; returns the image's path.</summary>
    public async Task<string> BuildForAsync(BootOptions machine, CancellationToken cancellation)
    {
        HostRequirements.Require(machine);
        string iso = await BuildAsync(cancellation);
        await EmulatorOffers.RequireAcceleratorAsync(machine.Accelerator, cancellation);
        return iso;
    }

    /// <summary>Makes sure that the bootable image is there and up to date; returns its path.</summary>
    public Task<string> BuildAsync(CancellationToken cancellation) => new IsoBuilder(Tree, Progress).EnsureAsync(cancellation);
}
