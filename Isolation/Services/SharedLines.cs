using System.Runtime.CompilerServices;
using NooksOS.Kernel.Bus.Acpi;
using NooksOS.Kernel.Bus.Interrupts;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Threads;

namespace NooksOS.Isolation;

/// <summary>
/// Who is told when a line is asserted. PCI devices share lines: all users of a line are told, and it is unmasked again when the
/// last of them is done.
/// </summary>
internal static unsafe class SharedLines
{
    private static LineTable s_lines;

    /// <summary>Makes a user one of a line, which stays as it is. False if the line cannot be had.</summary>
    public static bool TryAdd(InterruptRoute route, LineUser* user)
    {
        if (route.Line >= InterruptLines.LineLimit)
        {
            return false;
        }

        ulong flags = Processor.DisableInterrupts();
        ref Line line = ref s_lines[(int)route.Line];
        bool isPossible = line.First != null
            ? line.IsLevelTriggered == route.IsLevelTriggered && line.IsActiveLow == route.IsActiveLow
            : InterruptLines.TryAttach(route, &OnInterruptLine, null);
        if (isPossible)
        {
            line.IsLevelTriggered = route.IsLevelTriggered;
            line.IsActiveLow = route.IsActiveLow;
            user->Next = line.First;
            line.First = user;
            UnmaskIfIdle(route.Line);
        }

        Processor.RestoreInterrupts(flags);
        return isPossible;
    }

    /// <summary>Takes a user off a line. The line goes on for the others, and is masked for good after the last one.</summary>
    public static void Remove(uint number, LineUser* user)
    {
        ulong flags = Processor.DisableInterrupts();
        if (number < InterruptLines.LineLimit && TryUnlink(ref s_lines[(int)number], user))
        {
            if (s_lines[(int)number].First == null)
            {
                InterruptLines.Detach(number);
            }
            else
            {
                UnmaskIfIdle(number);
            }
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>A user is done with an assertion; or wants to be called again, as if the line were still asserted.</summary>
    public static void Finish(uint number, LineUser* user, bool isWorkLeft)
    {
        ulong flags = Processor.DisableInterrupts();
        if (isWorkLeft)
        {
            user->Pending = 1;
        }
        else if (user->Pending == 0)
        {
            user->Busy = 0;
            UnmaskIfIdle(number);
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Masks a line whose only user is this one; the device of one among several must be silenced by itself.</summary>
    public static void MaskIfAlone(uint number, LineUser* user)
    {
        ulong flags = Processor.DisableInterrupts();
        if (IsAlone(number, user))
        {
            InterruptLines.Mask(number);
        }

        Processor.RestoreInterrupts(flags);
    }

    /// <summary>Whether nobody shares the line with a user.</summary>
    public static bool IsAlone(uint number, LineUser* user) => s_lines[(int)number].First == user && user->Next == null;

    // Interrupt context: interrupts are off.
    private static void OnInterruptLine(uint number, void* context)
    {
        InterruptLines.Mask(number);
        long quietNanoseconds = Clock.Nanoseconds - s_lines[(int)number].UnmaskedNanoseconds;
        for (LineUser* user = s_lines[(int)number].First; user != null; user = user->Next)
        {
            user->Pending = 1;
            user->Busy = 1;
            user->QuietNanoseconds = quietNanoseconds;
        }

        for (LineUser* user = s_lines[(int)number].First; user != null; user = user->Next)
        {
            WaitTable.Wake((ulong)user, 1);
        }
    }

    private static void UnmaskIfIdle(uint number)
    {
        for (LineUser* user = s_lines[(int)number].First; user != null; user = user->Next)
        {
            if (user->Busy != 0)
            {
                return;
            }
        }

        s_lines[(int)number].UnmaskedNanoseconds = Clock.Nanoseconds;
        InterruptLines.Unmask(number);
    }

    private static bool TryUnlink(ref Line line, LineUser* user)
    {
        if (line.First == user && user != null)
        {
            line.First = user->Next;
            return true;
        }

        for (LineUser* before = line.First; before != null; before = before->Next)
        {
            if (before->Next == user)
            {
                before->Next = user->Next;
                return true;
            }
        }

        return false;
    }

    private struct Line
    {
        public LineUser* First;
        public long UnmaskedNanoseconds;
        public bool IsLevelTriggered;
        public bool IsActiveLow;
    }

    [InlineArray(InterruptLines.LineLimit)]
    private struct LineTable
    {
        private Line _first;
    }
}
