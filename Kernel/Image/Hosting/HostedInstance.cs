using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Wrappers;

namespace NooksOS.Image.Hosting;

/// <summary>An instance of an extension, and the ways into it.</summary>
internal sealed unsafe class HostedInstance
{
    /// <param name="domain">The instance, loaded and not entered yet.</param>
    /// <param name="image">What was loaded.</param>
    public HostedInstance(Domain domain, PristineImage image)
    {
        Domain = domain;
        Image = image;
        Channel = new DomainChannel((nint)domain.Control);
        Control = new ExtensionControlProxy(Channel);
        domain.InterruptSink = new InterruptSinkProxy(Channel);
        domain.TimerSink = new TimerSinkProxy(Channel);
    }

    /// <summary>Its memory, its objects and its services.</summary>
    public Domain Domain { get; }

    /// <summary>The image that it was loaded from.</summary>
    public PristineImage Image { get; }

    /// <summary>The way into it.</summary>
    public DomainChannel Channel { get; }

    /// <summary>Its control contract.</summary>
    public IExtensionControl Control { get; }

    /// <summary>The network stack, if its project says that it is one; null otherwise.</summary>
    public INetworkStack? NetworkStack { get; set; }

    /// <summary>Whether the start-up code of its runtime has run.</summary>
    public bool IsInitialized { get; private set; }

    /// <summary>Runs the start-up code of its runtime, unless that was done before.</summary>
    public CallStatus Initialize()
    {
        if (IsInitialized)
        {
            return CallStatus.Ok;
        }

        CallStatus status = (CallStatus)Gate.Enter(Domain.Control, Domain.EntryPoint, null, 0);
        IsInitialized = status == CallStatus.Ok;
        return status;
    }

    /// <summary>Gives back the memory of a dead instance that nobody is in and that holds nothing any more.</summary>
    public void Free()
    {
        Channel.Close();
        FaultTexts.Take(Domain.DomainId);
        Domain.Free();
    }
}
