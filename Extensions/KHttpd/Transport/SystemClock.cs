using System;
using NooksOS.Contracts;

namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>The kernel's time.</summary>
internal sealed class SystemClock(IExtensionServices services) : IServerClock
{
    /// <inheritdoc/>
    public long MonotonicNanoseconds => services.MonotonicNanoseconds;

    /// <inheritdoc/>
    public long UtcSeconds => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
}
