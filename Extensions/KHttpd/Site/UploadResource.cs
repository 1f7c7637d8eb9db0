using System;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Extensions.KHttpd.Uploads;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>What takes a body of any size from anybody.</summary>
internal sealed class UploadResource(Func<IUpload> begin) : IResource
{
    /// <inheritdoc/>
    public RequestMethods Methods => RequestMethods.Post;

    /// <inheritdoc/>
    public Reply Answer(RequestHead head)
        => head.Framing.Kind == BodyKind.None ? Reply.Of(StatusCode.LengthRequired) : Reply.After(begin());
}
