using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace NooksOS.Recovery.Shadows;

/// <summary>Files whose owners have died, until somebody has the time to close them.</summary>
internal sealed class AbandonedFiles
{
    private readonly Lock _sync = new();
    private readonly Queue<OpenNode> _files = [];

    public void Add(OpenNode file)
    {
        lock (_sync)
        {
            _files.Enqueue(file);
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out OpenNode file)
    {
        lock (_sync)
        {
            return _files.TryDequeue(out file);
        }
    }
}
