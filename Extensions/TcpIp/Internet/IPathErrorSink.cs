namespace NooksOS.Extensions.TcpIp;

/// <summary>A protocol that wants to know what became of its datagrams.</summary>
internal interface IPathErrorSink
{
    /// <summary>Somebody on the way says that a datagram of ours did not get through. He may lie.</summary>
    void TakePathError(in PathError error, long nowNanoseconds);
}
