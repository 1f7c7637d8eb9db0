namespace NooksOS.Recovery;

/// <summary>Time, as the recovery layer needs it.</summary>
public interface IKernelClock
{
    /// <summary>Time since boot. Never goes back.</summary>
    long NowNanoseconds { get; }

    /// <summary>Lets the calling thread rest for about so long.</summary>
    void Sleep(long durationNanoseconds);
}
