using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Recovery;

internal sealed class FakeShadow(List<string> events) : IRecoveryParticipant
{
    public CallStatus StartedStatus { get; set; } = CallStatus.Ok;

    public void InstanceStopped(uint domainId) => events.Add($"shadow stopped {domainId}");

    public CallStatus InstanceStarted(uint domainId)
    {
        events.Add($"shadow started {domainId}");
        return StartedStatus;
    }

    public void ExtensionGone(uint domainId) => events.Add($"shadow gone {domainId}");
}
