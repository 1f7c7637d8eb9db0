namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>The forms of a request target that apply to the methods of this server (RFC 9112 §3.2).</summary>
internal enum RequestTargetForm : byte
{
    /// <summary><c>/path?query</c> (§3.2.1).</summary>
    Origin,

    /// <summary><c>http://authority/path?query</c>, which every server must take (§3.2.2).</summary>
    Absolute,

    /// <summary><c>*</c>, for OPTIONS (§3.2.4).</summary>
    Asterisk,
}
