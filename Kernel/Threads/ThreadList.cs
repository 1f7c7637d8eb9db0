using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using NooksOS.Kernel.Cpu;

namespace NooksOS.Kernel.Threads;

/// <summary>Looks at all threads at once.</summary>
public static unsafe class ThreadList
{
    private const int SpareEntries = 16;

    /// <summary>All threads, oldest first.</summary>
    public static IReadOnlyList<ThreadSnapshot> Take()
    {
        // Nothing may be allocated while the list is walked, so the copies go into an array that was made before.
        ThreadControl[] copies = new ThreadControl[KernelThread.Count + SpareEntries];
        ulong flags = Processor.DisableInterrupts();
        int count = 0;
        for (ThreadControl* thread = Scheduler.AllThreads; thread != null && count < copies.Length; thread = thread->Next)
        {
            copies[count++] = *thread;
        }

        ulong currentId = Scheduler.Current->ThreadId;
        Processor.RestoreInterrupts(flags);
        List<ThreadSnapshot> snapshots = new(count);
        for (int index = count - 1; index >= 0; index--)
        {
            snapshots.Add(Describe(ref copies[index], currentId));
        }

        return snapshots;
    }

    private static ThreadSnapshot Describe(ref ThreadControl copy, ulong currentId)
    {
        fixed (byte* name = copy.Name)
        {
            // SAFETY: the last byte of a name is always zero.
            string text = Encoding.Latin1.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name));
            return new ThreadSnapshot(
                copy.ThreadId, text, copy.State, copy.Priority, copy.Ticks, copy.Switches, copy.XpcFrame != null, copy.ThreadId == currentId);
        }
    }
}
