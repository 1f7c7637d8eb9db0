namespace NooksOS.Contracts;

/// <summary>How a driver hears of its device. Called on an interrupt thread with the line masked.</summary>
[Contract(5, CallDirection.KernelToExtension)]
public interface IInterruptSink
{
    /// <summary>The line was asserted. The driver must make the device deassert it before it returns. Returns an <see cref="InterruptAnswer"/>.</summary>
    CallResult<uint> OnInterrupt(Handle<TrackedObjects.InterruptLine> line);
}
