using System.Threading;

namespace NooksOS.Isolation.Injection;

/// <summary>A fault at the wrappers of one instance: it strikes once, at a call that its type has a meaning for.</summary>
/// <param name="type">What goes wrong.</param>
/// <param name="call">At which of these calls, from zero.</param>
/// <param name="lengthBytes">By how much, for those that are a matter of length.</param>
public sealed class WrapperFault(FaultType type, int call, int lengthBytes)
{
    private int _callsLeft = call;

    /// <summary>What goes wrong.</summary>
    public FaultType Type { get; } = type;

    /// <summary>At which call, from zero.</summary>
    public int Call { get; } = call;

    /// <summary>By how much.</summary>
    public int LengthBytes { get; } = lengthBytes;

    /// <summary>The method that was called when it struck; null if it did not.</summary>
    public string? Method { get; private set; }

    /// <summary>When it struck, since boot; zero if it did not.</summary>
    public long ActivationNanoseconds { get; private set; }

    /// <summary>Counts a call. True if it is the one.</summary>
    public bool IsDue() => Interlocked.Decrement(ref _callsLeft) == -1;

    /// <summary>It strikes.</summary>
    public void Strike(string method, long nowNanoseconds)
    {
        Method = method;
        ActivationNanoseconds = nowNanoseconds;
    }
}
