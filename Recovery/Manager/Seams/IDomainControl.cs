using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery;

/// <summary>
/// What recovery needs of the isolation layer. A domain keeps its number over restarts; an instance is what is loaded in it.
/// Every method may be called for a domain without an instance.
/// </summary>
public interface IDomainControl
{
    /// <summary>Makes a domain for an extension, without an instance. False if there is no room.</summary>
    bool TryCreate(string extensionName, out uint domainId);

    /// <summary>Takes the empty domain away, and its standby.</summary>
    void Remove(uint domainId);

    /// <summary>
    /// Takes a failure that was noticed where nothing can be allocated or locked, such as an interrupt handler, and was left
    /// in the domain's state. Null if there is none. Whoever leaves one sets the manager's signal.
    /// </summary>
    FaultReport? TakeFault();

    /// <summary>
    /// Marks the instance dead: from here on nobody enters it, and every thread in it will leave with
    /// <see cref="CallStatus.DomainDied"/>. Threads that wait in a kernel service on its behalf are woken. Does not wait;
    /// may be called again.
    /// </summary>
    void Stop(uint domainId);

    /// <summary>Waits until no thread is in the instance, nor in a kernel service on its behalf.</summary>
    bool WaitUntilEmpty(uint domainId, long timeoutNanoseconds);

    /// <summary>What the instance holds; null if there is none.</summary>
    HandleTable? GetObjects(uint domainId);

    /// <summary>Memory pages that the domain holds: image, heap, stacks.</summary>
    ulong CountPages(uint domainId);

    /// <summary>Frees all memory of the dead instance and forgets it.</summary>
    void FreeMemory(uint domainId);

    /// <summary>
    /// Reads and verifies an image, unless that was done before. Takes as long as the image is large, so whoever wants it loaded
    /// calls this first, on a thread that others may interrupt. Does nothing with one that is refused: loading it says why.
    /// </summary>
    void Prepare(string extensionName, string imageName);

    /// <summary>Maps and relocates a fresh instance from the pristine image, or takes the standby.</summary>
    LoadOutcome LoadInstance(uint domainId, string imageName);

    /// <summary>
    /// Loads and initialises an instance that <see cref="LoadInstance"/> will take instead of making one, so that a recovery need not
    /// wait for that. False if nothing was done: there is one, or no room for one.
    /// </summary>
    bool TryPrepareStandby(uint domainId, string imageName);

    /// <summary>Frees what <see cref="TryPrepareStandby"/> has made and nobody took.</summary>
    void DropStandby(uint domainId);

    /// <summary>Runs the start-up code of the image's runtime, unless that was done before.</summary>
    CallStatus Initialize(uint domainId);

    /// <summary>Calls <see cref="IExtensionControl.Start"/>.</summary>
    CallStatus Start(uint domainId);

    /// <summary>Calls <see cref="IExtensionControl.Stop"/>, for an orderly end.</summary>
    CallStatus RequestStop(uint domainId);
}
