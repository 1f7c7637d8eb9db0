namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>The methods that some target of this server has (RFC 9110 §9.3). Any other is answered with 501.</summary>
internal enum RequestMethod : byte
{
    /// <summary>Transfers the content.</summary>
    Get,

    /// <summary>As GET, without the content.</summary>
    Head,

    /// <summary>Hands the target a body.</summary>
    Post,

    /// <summary>Asks which methods there are.</summary>
    Options,
}
