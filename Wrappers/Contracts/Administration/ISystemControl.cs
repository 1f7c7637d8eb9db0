using System;

namespace NooksOS.Contracts;

/// <summary>
/// How an extension that somebody uses as a console acts on the system. Words are those of the shell. What is asked for is checked,
/// and then done by the kernel on its own account: the caller is not in the way when it is itself what is acted on.
/// </summary>
[Contract(21, CallDirection.ExtensionToKernel)]
public interface ISystemControl
{
    /// <summary>
    /// As <c>crash NAME KIND</c>. <see cref="CallStatus.NotFound"/>: there is no such extension or kind;
    /// <see cref="CallStatus.Busy"/>: it does not run, or too much is to be done already.
    /// </summary>
    CallResult Crash(
        [MaximumLength(SystemLimits.WordBytes)] ReadOnlySpan<byte> extension,
        [MaximumLength(SystemLimits.WordBytes)] ReadOnlySpan<byte> kind);

    /// <summary>As <c>isolate NAME MODE</c>, with the same outcomes as <see cref="Crash"/>.</summary>
    CallResult SetIsolation(
        [MaximumLength(SystemLimits.WordBytes)] ReadOnlySpan<byte> extension,
        [MaximumLength(SystemLimits.WordBytes)] ReadOnlySpan<byte> mode);
}
