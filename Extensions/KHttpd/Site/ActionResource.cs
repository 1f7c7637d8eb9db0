using NooksOS.Contracts;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;
using NooksOS.Extensions.KHttpd.Uploads;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>Acts on an extension: <c>{"extension":NAME,WORD:VALUE}</c>.</summary>
/// <param name="word">The name of the second property.</param>
/// <param name="action">What to do.</param>
internal sealed class ActionResource(string word, ExtensionAction action) : IResource
{
    /// <inheritdoc/>
    public RequestMethods Methods => RequestMethods.Post;

    /// <inheritdoc/>
    public Reply Answer(RequestHead head)
    {
        StatusCode refusal = CrossSiteGuard.Check(head);
        if (refusal != StatusCode.None)
        {
            return Reply.Of(refusal);
        }

        return head.Framing.Kind == BodyKind.None
            ? Reply.Of(StatusCode.LengthRequired)
            : Reply.After(new ActionUpload(word, action));
    }
}
