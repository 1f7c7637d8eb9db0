using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Isolation;
using NooksOS.Kernel.Memory;

namespace NooksOS.Image.Hosting;

/// <summary>
/// Instances that are loaded and initialised, and wait for the one that runs to fail: a recovery then begins with starting one. They hold
/// no device, and nobody calls them. Used by one thread; others only count what they hold.
/// </summary>
/// <param name="sync">Guards the places.</param>
/// <param name="places">The places.</param>
/// <param name="images">What instances are loaded from.</param>
/// <param name="make">Loads an instance and gives it its services.</param>
internal sealed unsafe class StandbyInstances(
    Lock sync, IReadOnlyList<HostedDomain> places, ImageLibrary images, StandbyInstances.Maker make)
{
    private const long LeaveBoundNanoseconds = 100_000_000;

    // So much of the memory stays free of them.
    private const uint ReservedFraction = 4;

    /// <summary>Makes an instance of an image for a place; null, and one line that says why not.</summary>
    public delegate HostedInstance? Maker(HostedDomain place, string imageName, out string? error);

    /// <summary>Makes the next instance of a place. False if it has one, should have none, or there is no room.</summary>
    public bool TryPrepare(HostedDomain place, string imageName)
    {
        // There are few protection keys; a standby would take the one of another extension.
        if (place.IsProcess || place.IsWithoutStandby || place.Standby is not null
            || place.BackEnd is not (ProtectionBackEnd.Ring3 or ProtectionBackEnd.PageTable)
            || FrameAllocator.FreeFrames < FrameAllocator.TotalFrames / ReservedFraction)
        {
            return false;
        }

        HostedInstance? standby = make(place, imageName, out _);
        if (standby?.Initialize() == CallStatus.Ok)
        {
            lock (sync)
            {
                place.Standby = standby;
            }

            return true;
        }

        // Not again until the next one was loaded, or failed to, in the ordinary way.
        place.IsWithoutStandby = true;
        if (standby is not null)
        {
            Discard(standby);
        }

        return false;
    }

    /// <summary>Takes the standby of a place. Null if it has none, or one that is not what should run there.</summary>
    public HostedInstance? TryTake(HostedDomain place, string imageName)
    {
        bool isWanted = !place.IsWithoutStandby;
        place.IsWithoutStandby = false;
        if (Detach(place) is not { } standby)
        {
            return null;
        }

        if (isWanted && standby.Domain.IsAlive && standby.Domain.Control->BackEnd == place.BackEnd && standby.Image == images.Find(imageName))
        {
            if (Gate.HasKernelPrivilegeBeenGiven)
            {
                images.Mend(imageName);
            }

            return standby;
        }

        Discard(standby);
        return null;
    }

    /// <summary>Frees the standby of a place, if it has one. True if it had.</summary>
    public bool Drop(HostedDomain place)
    {
        if (Detach(place) is not { } standby)
        {
            return false;
        }

        Discard(standby);
        return true;
    }

    /// <summary>Frees all standbys. False if there were none.</summary>
    public bool DropAll()
    {
        bool any = false;
        for (int index = 0; index < places.Count; index++)
        {
            any |= Drop(places[index]);
        }

        return any;
    }

    private HostedInstance? Detach(HostedDomain place)
    {
        lock (sync)
        {
            HostedInstance? standby = place.Standby;
            place.Standby = null;
            return standby;
        }
    }

    // In the order of a recovery. What a thread does not leave is lost rather than freed.
    private static void Discard(HostedInstance standby)
    {
        Domain domain = standby.Domain;
        DomainFault fault = default;
        fault.Kind = FaultKind.Requested;
        DomainDeath.Kill(domain.Control, in fault);
        domain.Objects.Close();
        domain.Objects.QuiesceAll();
        if (domain.TryWaitUntilEmpty(LeaveBoundNanoseconds))
        {
            domain.Objects.ReleaseAll();
            standby.Free();
        }
    }
}
