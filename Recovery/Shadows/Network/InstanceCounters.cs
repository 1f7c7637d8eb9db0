using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>The counters of a device, which go on when an instance of its driver begins at zero. The owner guards it.</summary>
internal struct InstanceCounters
{
    private NetworkStatistics _earlier;
    private NetworkStatistics _current;

    /// <summary>Those of all instances together, as far as the dead ones told.</summary>
    public readonly NetworkStatistics Sum => new(
        _earlier.FramesReceived + _current.FramesReceived,
        _earlier.FramesTransmitted + _current.FramesTransmitted,
        _earlier.BytesReceived + _current.BytesReceived,
        _earlier.BytesTransmitted + _current.BytesTransmitted,
        _earlier.ReceiveErrors + _current.ReceiveErrors,
        _earlier.ReceiveDropped + _current.ReceiveDropped,
        _earlier.TransmitErrors + _current.TransmitErrors,
        _earlier.Interrupts + _current.Interrupts);

    /// <summary>The instance that there is has counted this.</summary>
    public void Told(in NetworkStatistics counters) => _current = counters;

    /// <summary>The instance is gone.</summary>
    public void EndInstance()
    {
        _earlier = Sum;
        _current = default;
    }
}
