namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What a connection is doing.</summary>
internal enum Phase : byte
{
    /// <summary>Waiting for a request, or for the rest of its head.</summary>
    Head,

    /// <summary>Reading a body.</summary>
    Body,

    /// <summary>Sending a reply.</summary>
    Reply,

    /// <summary>Sending an event whenever there is one.</summary>
    Events,

    /// <summary>Sending what is left, after which the sending side is ended.</summary>
    Ending,

    /// <summary>Waiting for the client's end, so that no unread byte makes the transport throw away the last reply (RFC 9112 §9.6).</summary>
    Draining,

    /// <summary>Over: the connection is closed.</summary>
    Closed,
}
