using System;
using System.Buffers.Text;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary><c>/events</c>: server-sent events, for ever, or as many as <c>?count=N</c> says.</summary>
internal sealed class EventResource : IResource
{
    /// <inheritdoc/>
    public RequestMethods Methods => RequestMethods.Read;

    /// <inheritdoc/>
    public Reply Answer(RequestHead head)
    {
        ReadOnlySpan<byte> query = head.Query;
        if (query.IsEmpty)
        {
            return Reply.Events(0);
        }

        ReadOnlySpan<byte> name = "count="u8;
        return query.StartsWith(name)
            && Utf8Parser.TryParse(query[name.Length..], out int count, out int length)
            && length == query.Length - name.Length
            && count > 0
            ? Reply.Events(count)
            : Reply.Of(StatusCode.BadRequest);
    }
}
