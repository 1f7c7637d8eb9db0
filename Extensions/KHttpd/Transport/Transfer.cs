namespace NooksOS.Extensions.KHttpd.Transport;

/// <summary>The outcome of moving bytes.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Bytes">How many were moved.</param>
internal readonly record struct Transfer(TransferStatus Status, int Bytes)
{
    /// <summary>Some bytes were moved.</summary>
    public static Transfer Of(int bytes) => new(TransferStatus.Done, bytes);

    /// <summary>None can be moved now.</summary>
    public static Transfer WouldBlock => new(TransferStatus.WouldBlock, 0);

    /// <summary>There are no more.</summary>
    public static Transfer End => new(TransferStatus.End, 0);

    /// <summary>The connection is lost.</summary>
    public static Transfer Failed => new(TransferStatus.Failed, 0);
}
