namespace NooksOS.Contracts;

/// <summary>How an extension hears that a timer of its own has fired.</summary>
[Contract(11, CallDirection.KernelToExtension)]
public interface ITimerSink
{
    /// <summary>The timer fired.</summary>
    CallResult OnTimer(Handle<TrackedObjects.Timer> timer, long nowNanoseconds);
}
