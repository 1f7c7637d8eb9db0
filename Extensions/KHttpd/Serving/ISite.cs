using System;
using NooksOS.Extensions.KHttpd.Messages;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>Decides what is answered.</summary>
internal interface ISite
{
    /// <summary>Answers a request, or says who takes its body first. Looks at the head during the call only.</summary>
    Reply Begin(RequestHead head);

    /// <summary>Makes the event that all listeners get next: a block of text/event-stream with its empty line.</summary>
    byte[] MakeEvent();
}
