namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>What follows a piece of work on a connection.</summary>
internal enum Step : byte
{
    /// <summary>There may be more to do.</summary>
    Continue,

    /// <summary>Nothing can be done until the transport reports the connection, or an event is there.</summary>
    Blocked,

    /// <summary>The connection is over.</summary>
    Close,
}
