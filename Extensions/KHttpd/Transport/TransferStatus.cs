namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>How an attempt to move bytes ended.</summary>
internal enum TransferStatus : byte
{
    /// <summary>At least one byte was moved.</summary>
    Done,

    /// <summary>Nothing can be moved now; the connection is reported again when that changes.</summary>
    WouldBlock,

    /// <summary>The peer has sent all that it will.</summary>
    End,

    /// <summary>The connection is lost.</summary>
    Failed,
}
