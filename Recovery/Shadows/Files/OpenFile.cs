using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery.Shadows;

/// <summary>A file as one domain has it open.</summary>
internal sealed class OpenFile(FileShadow shadow, OwnFiles own, OpenNode node, FileRequests requests) : TrackedObject(TrackedKind.File)
{
    private bool _isClosed;

    public OpenNode Node { get; } = node;

    public FileRequests Requests { get; } = requests;

    /// <summary>Where the next read or write begins; in a directory, the next entry.</summary>
    public ulong Position { get; set; }

    public override string Description => $"position {Position} of {Node.Node.LengthBytes}";

    /// <summary>Closes it in good order, before it is released.</summary>
    public FileStatus Close()
    {
        _isClosed = true;
        return shadow.Close(Node);
    }

    protected override bool Release()
    {
        own.Remove(Node);
        if (!_isClosed)
        {
            shadow.Abandon(Node);
        }

        return true;
    }
}
