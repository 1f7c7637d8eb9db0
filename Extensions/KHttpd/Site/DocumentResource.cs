using System;
using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Content;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>A document of the kernel's, as it is at the moment.</summary>
internal sealed class DocumentResource(SystemDocuments documents, SystemDocument document) : IResource
{
    /// <inheritdoc/>
    public RequestMethods Methods => RequestMethods.Read;

    /// <inheritdoc/>
    public Reply Answer(RequestHead head)
        => documents.TryRead(document, 0, out ReadOnlySpan<byte> json)
            ? Reply.Of(new MemoryRepresentation(json.ToArray(), MediaTypes.Json))
            : Reply.Of(StatusCode.ServiceUnavailable);
}
