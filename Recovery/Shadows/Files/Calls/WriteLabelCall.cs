using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Changes the label.</summary>
internal readonly ref struct WriteLabelCall(ReadOnlySpan<char> label, long nowTicks) : FileSystemSide.ICall<WriteLabelCall>
{
    private readonly ReadOnlySpan<char> _label = label;
    private readonly long _nowTicks = nowTicks;

    public CallResult<FileReply> Make(IFileSystem fileSystem) => fileSystem.WriteLabel(_label, _nowTicks);
}
