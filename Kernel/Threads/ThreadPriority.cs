namespace NooksOS.Kernel.Threads;

/// <summary>Priorities; a higher one always runs first, equal ones take turns.</summary>
public enum ThreadPriority : uint
{
    /// <summary>Only when nothing else can run.</summary>
    Idle = 0,

    /// <summary>Background work, such as finalizers.</summary>
    Low = 4,

    /// <summary>The shell, threads of extensions, ordinary threads.</summary>
    Normal = 8,

    /// <summary>Threads that carry interrupts and packets to their extensions.</summary>
    Interrupt = 12,

    /// <summary>The recovery agent: what failed, or keeps a thread of a driver busy, must not keep it from deciding.</summary>
    Agent = 13,

    /// <summary>Recovery: nothing that failed may keep it from running.</summary>
    Recovery = 14,
}
