namespace NooksOS.Extensions.KHttpd.Messages;

/// <summary>How far the head of a request is.</summary>
internal enum ScanResult
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>The head is there.</summary>
    Complete,

    /// <summary>It can never become a head.</summary>
    Refused,
}
