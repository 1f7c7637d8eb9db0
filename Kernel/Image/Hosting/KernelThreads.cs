using System;
using System.Runtime.InteropServices;
using NooksOS.Kernel.Threads;

namespace NooksOS.Image.Hosting;

/// <summary>Threads of the kernel's own that run managed code at a priority of their own.</summary>
internal static unsafe class KernelThreads
{
    /// <summary>Runs the work on a new thread.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for the thread.</exception>
    public static void Start(ReadOnlySpan<byte> name, ThreadPriority priority, Action work)
    {
        GCHandle handle = GCHandle.Alloc(work);
        if (KernelThread.Create(name, priority, &Run, (nuint)GCHandle.ToIntPtr(handle)) == null)
        {
            handle.Free();
            throw new OutOfMemoryException();
        }
    }

    [UnmanagedCallersOnly]
    private static nuint Run(nuint argument)
    {
        GCHandle handle = GCHandle.FromIntPtr((nint)argument);
        Action work = (Action)handle.Target!;
        handle.Free();
        work();
        return 0;
    }
}
