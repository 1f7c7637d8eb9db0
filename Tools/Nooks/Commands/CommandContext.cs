using System.Threading;
using System.Threading.Tasks;
using NooksOS.Tool.Building;
using NooksOS.Tool.Host;

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

    /// <summary>Makes sure that the bootable image is there and up to date; returns its path.</summary>
    public Task<string> BuildAsync(CancellationToken cancellation) => new IsoBuilder(Tree, Progress).EnsureAsync(cancellation);
}
