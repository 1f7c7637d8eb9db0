using System.Numerics;

namespace NooksOS.Drivers.Virtio;

/// <summary>How long queues are made.</summary>
public static class QueueSizes
{
    // Less is not worth the name, and a command needs two descriptors.
    private const uint Least = 2;

    /// <summary>The largest power of two that both the device and the driver want (virtio 1.2 §2.7); 0 if there is none.</summary>
    public static uint Choose(uint largestOfDevice, uint largestOfDriver)
    {
        uint limit = uint.Min(largestOfDevice, largestOfDriver);
        return limit < Least ? 0 : 1u << BitOperations.Log2(limit);
    }
}
