namespace NooksOS.Contracts;

/// <summary>The kernel's hold on every extension. Implemented by the runtime half that each image carries.</summary>
[Contract(2, CallDirection.KernelToExtension)]
public interface IExtensionControl
{
    /// <summary>Does nothing: the cheapest possible crossing, for measurements.</summary>
    CallResult Null();

    /// <summary>Starts the extension: it claims its devices, publishes its contracts and registers itself.</summary>
    CallResult Start();

    /// <summary>Asks the extension to put its device to rest and to give back what it holds.</summary>
    CallResult Stop();

    /// <summary>Proves that the extension still answers. The reply is the bitwise complement of the nonce.</summary>
    CallResult<ulong> Heartbeat(ulong nonce);

    /// <summary>Makes the extension misbehave from inside. Answers only for kinds that do not show at once.</summary>
    CallResult Misbehave(MisbehaviorKind kind, ulong kernelAddress);

    /// <summary>Calls <see cref="IRuntimeServices.Null"/> as often as told, for measurements.</summary>
    CallResult CallKernel(uint iterations);

    /// <summary>Describes the state of the image's heap.</summary>
    CallResult<HeapStatistics> GetHeapStatistics();
}
