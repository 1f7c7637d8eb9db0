using System;

namespace NooksOS.Extensions.TcpIp;

/// <summary>Where frames go.</summary>
internal interface IFrameTransmitter
{
    /// <summary>Sends a batch of frames. Returns how many were taken.</summary>
    uint Transmit(ReadOnlySpan<byte> batch);
}
