using System;

namespace NooksOS.Tool.Floods;

/// <summary>Makes frames for the guest, one after the other.</summary>
public interface IFrameSource
{
    /// <summary>Writes the next frame into a buffer of <see cref="TcpFrame.LongestBytes"/>; returns its length.</summary>
    int Write(Span<byte> buffer);
}
