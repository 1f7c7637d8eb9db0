using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Reads the label.</summary>
internal readonly ref struct ReadLabelCall(Span<char> label) : FileSystemSide.ICall<ReadLabelCall>
{
    private readonly Span<char> _label = label;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.ReadLabel(_label);
}
