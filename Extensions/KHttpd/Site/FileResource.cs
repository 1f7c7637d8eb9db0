using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>A file, with preconditions and ranges.</summary>
internal sealed class FileResource(Representation file, IServerClock clock) : IResource
{
    /// <inheritdoc/>
    public RequestMethods Methods => RequestMethods.Read;

    /// <inheritdoc/>
    public Reply Answer(RequestHead head)

        // The time makes a boundary that no file here holds.
        => Selection.Choose(head, file, clock.UtcSeconds, (ulong)clock.MonotonicNanoseconds);
}
