namespace NooksOS.Drivers.Virtio;

/// <summary>struct virtq_used_elem, §2.7.8. Only the device writes it.</summary>
internal struct UsedElement
{
    /// <summary>The first descriptor of the buffer that the device is done with.</summary>
    public uint Id;

    /// <summary>How many bytes it has written to it.</summary>
    public uint Length;
}
