using System.Runtime.InteropServices;
using System.Text;
using NooksOS.Contracts;
using NooksOS.Kernel.Threads;
using NooksOS.ObjectTracker;

namespace NooksOS.Isolation;

/// <summary>A thread that a domain made: a kernel thread whose whole life is one call into the domain.</summary>
public sealed unsafe class DomainThread : TrackedObject
{
    private readonly Domain _domain;
    private readonly ulong _entry;
    private readonly ulong _argument;
    private ulong _threadId;

    private DomainThread(Domain domain, ulong entry, ulong argument)
        : base(TrackedKind.Thread)
    {
        _domain = domain;
        _entry = entry;
        _argument = argument;
    }

    /// <inheritdoc/>
    public override string Description => $"thread {_threadId}";

    /// <summary>Makes the thread and returns its identity.</summary>
    public static CallResult<ulong> Create(Domain domain, ulong entry, ulong argument)
    {
        DomainThread thread = new(domain, entry, argument);
        CallStatus status = domain.Objects.TryAdd(thread);
        if (status != CallStatus.Ok)
        {
            return CallResult<ulong>.Failure(status);
        }

        GCHandle self = GCHandle.Alloc(thread);
        ThreadControl* control = KernelThread.Create(
            Encoding.ASCII.GetBytes(domain.Name), domain.ThreadPriority, &Run, (nuint)GCHandle.ToIntPtr(self), domain.Control);
        if (control == null)
        {
            self.Free();
            domain.Objects.Release(thread.Slot, thread.Generation);
            return CallResult<ulong>.Failure(CallStatus.QuotaExceeded);
        }

        thread._threadId = control->ThreadId;
        return CallResult<ulong>.Ok(control->ThreadId);
    }

    /// <inheritdoc/>
    /// <remarks>The thread itself leaves a dead domain at the next gate or trap; there is nothing to take back.</remarks>
    protected override bool Release() => true;

    [UnmanagedCallersOnly]
    private static nuint Run(nuint argument)
    {
        GCHandle self = GCHandle.FromIntPtr((nint)argument);
        DomainThread thread = (DomainThread)self.Target!;
        self.Free();
        Gate.Enter(thread._domain.Control, thread._entry, (void*)thread._argument, 0);
        if (thread._domain.IsAlive)
        {
            thread._domain.Objects.Release(thread.Slot, thread.Generation);
        }

        return 0;
    }
}
