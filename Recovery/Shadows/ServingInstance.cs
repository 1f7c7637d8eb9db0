namespace NooksOS.Recovery.Shadows;

/// <summary>
/// The instance of an extension that a shadow stands in front of: which one there is, if any, and how far it has come. Instances of
/// one domain follow each other; each is named by its registration, so that what belongs to a dead one is known. The owner guards it.
/// </summary>
/// <typeparam name="TContract">What the shadow calls it by.</typeparam>
internal sealed class ServingInstance<TContract>
    where TContract : class
{
    /// <summary>How it stands.</summary>
    public SideState State { get; private set; }

    /// <summary>The domain of the extension; meaningful unless there is none.</summary>
    public uint DomainId { get; private set; }

    /// <summary>The instance; null while none is there to be called.</summary>
    public TContract? Contract { get; private set; }

    /// <summary>Names the latest registration.</summary>
    public uint Registration { get; private set; }

    /// <summary>
    /// Whether an instance of that domain may register now. While an extension is being replaced nobody takes its place, to be given what
    /// its next instance is to go on with.
    /// </summary>
    public bool IsFreeFor(uint domainId) => State == SideState.Absent || (State == SideState.Interrupted && DomainId == domainId);

    /// <summary>Whether the extension of that domain is this one.</summary>
    public bool Serves(uint domainId) => State != SideState.Absent && DomainId == domainId;

    /// <summary>Whether the instance of that registration is still there.</summary>
    public bool IsCurrent(uint registration) => registration == Registration && Contract is not null;

    /// <summary>Whether the instance of that registration is there and has its configuration.</summary>
    public bool IsReady(uint registration) => registration == Registration && State == SideState.Ready;

    /// <summary>A fresh instance is there, and still starting. The owner has found that it <see cref="IsFreeFor"/>.</summary>
    public uint Register(uint domainId, TContract instance)
    {
        DomainId = domainId;
        Contract = instance;
        State = SideState.Registered;
        return ++Registration;
    }

    /// <summary>The instance has started. False if it is not that one, or has not registered.</summary>
    public bool TryStart(uint domainId)
    {
        if (!Serves(domainId) || State != SideState.Registered)
        {
            return false;
        }

        State = SideState.Started;
        return true;
    }

    /// <summary>The instance has its configuration, or lacks it again.</summary>
    public void SetReady(bool isReady) => State = isReady ? SideState.Ready : SideState.Started;

    /// <summary>The instance is gone. False if none was there.</summary>
    public bool TryInterrupt()
    {
        if (State is SideState.Absent or SideState.Interrupted)
        {
            return false;
        }

        Contract = null;
        State = SideState.Interrupted;
        return true;
    }

    /// <summary>The extension is gone, and no instance will follow.</summary>
    public void Leave()
    {
        Contract = null;
        State = SideState.Absent;
    }
}
