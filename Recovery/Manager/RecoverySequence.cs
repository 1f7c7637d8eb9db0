using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Recovery;

/// <summary>The steps of taking an instance down and of bringing up a fresh one, each written once.</summary>
internal sealed class RecoverySequence(
    IDomainControl domains, IKernelClock clock, IReadOnlyList<IRecoveryParticipant> participants, RecoveryOptions options)
{
    /// <summary>
    /// Takes down the instance in a domain. False if a thread did not leave it: then nothing of it is freed, because freeing
    /// what a thread may still use hurts more than losing it.
    /// </summary>
    public bool TakeDown(uint domainId, FaultRecord record)
    {
        // The order is the design. The evidence is in the record already: every step from here on destroys some of it.
        domains.Stop(domainId);
        MarkIfNew(record, RecoveryStep.Stopped);
        record.PagesBefore = domains.CountPages(domainId);
        HandleTable? objects = domains.GetObjects(domainId);

        // Shadows next, so that no user hands work to an instance that will not do it.
        foreach (IRecoveryParticipant participant in participants)
        {
            participant.InstanceStopped(domainId);
        }

        // Interrupt lines and devices before anything is freed: a device that still writes to memory, or asserts a line that
        // nobody serves, would hurt whoever gets that memory or processor next.
        objects?.Close();
        NoteFailures(record, "not silenced", objects?.QuiesceAll() ?? []);
        Mark(record, RecoveryStep.InterruptsOff);

        // Threads before objects and memory: they may be using both.
        if (!domains.WaitUntilEmpty(domainId, options.UnwindBoundNanoseconds))
        {
            record.ObjectsLeaked = objects?.Count ?? 0;
            record.PagesAfter = record.PagesBefore;
            record.AddNote("a thread did not leave the domain");
            return false;
        }

        Mark(record, RecoveryStep.Unwound);

        // Objects before memory: some of them are mapped into it.
        if (objects is not null)
        {
            ReleaseReport released = objects.ReleaseAll();
            record.ObjectsReleased = released.Released;
            record.ObjectsLeaked = released.Leaked;
            record.ReleaseFailures = released.Failures;
            NoteFailures(record, "not released", released.Failures);
        }

        Mark(record, RecoveryStep.ObjectsReleased);
        domains.FreeMemory(domainId);
        record.PagesAfter = domains.CountPages(domainId);
        Mark(record, RecoveryStep.MemoryFreed);
        return true;
    }

    /// <summary>Brings up a fresh instance. Returns null, or one line that says why there is none.</summary>
    public string? BringUp(uint domainId, string imageName, FaultRecord? record)
    {
        LoadOutcome loaded = domains.LoadInstance(domainId, imageName);
        if (!loaded.Succeeded)
        {
            return loaded.Error;
        }

        Mark(record, RecoveryStep.Loaded);
        CallStatus status = domains.Initialize(domainId);
        if (status != CallStatus.Ok)
        {
            return $"the runtime of {imageName} did not come up: {status}";
        }

        Mark(record, RecoveryStep.Initialized);
        status = domains.Start(domainId);
        if (status != CallStatus.Ok)
        {
            return status == CallStatus.NotFound ? "found nothing to drive" : $"{imageName} did not start: {status}";
        }

        Mark(record, RecoveryStep.Started);
        foreach (IRecoveryParticipant participant in participants)
        {
            // Last, since only a started instance can take its configuration; and each, since a domain may serve several.
            status = participant.InstanceStarted(domainId);
            if (status != CallStatus.Ok)
            {
                return $"{imageName} did not take its configuration: {status}";
            }
        }

        Mark(record, RecoveryStep.Ready);
        return null;
    }

    /// <summary>Tells the users of an extension that it will not come back.</summary>
    public void SayGone(uint domainId)
    {
        foreach (IRecoveryParticipant participant in participants)
        {
            participant.ExtensionGone(domainId);
        }
    }

    private static void NoteFailures(FaultRecord record, string what, IReadOnlyList<ReleaseFailure> failures)
    {
        foreach (ReleaseFailure failure in failures)
        {
            record.AddNote($"{what}: {failure.Kind} {failure.Description}: {failure.Reason}");
        }
    }

    private void Mark(FaultRecord? record, RecoveryStep step) => record?.Mark(step, clock.NowNanoseconds);

    private void MarkIfNew(FaultRecord record, RecoveryStep step)
    {
        if (record.TimeOf(step) is null)
        {
            Mark(record, step);
        }
    }
}
