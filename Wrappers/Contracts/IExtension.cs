namespace NooksOS.Contracts;

/// <summary>
/// What an author writes: one class that implements this and the contracts it offers (such as <see cref="INetworkDevice"/>
/// and <see cref="IInterruptSink"/>). The runtime half publishes every contract the class implements.
/// </summary>
public interface IExtension
{
    /// <summary>Claims devices and registers with the kernel. Called once for each instance.</summary>
    CallResult Start(IExtensionServices services);

    /// <summary>Puts devices to rest. The tracker takes back whatever is still held afterwards.</summary>
    CallResult Stop();
}
