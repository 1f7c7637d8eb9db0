using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Serving;

namespace NooksOS.Extensions.KHttpd.Site;

/// <summary>What is under one path.</summary>
internal interface IResource
{
    /// <summary>The methods that it has.</summary>
    RequestMethods Methods { get; }

    /// <summary>Answers a request with one of these methods.</summary>
    Reply Answer(RequestHead head);
}
