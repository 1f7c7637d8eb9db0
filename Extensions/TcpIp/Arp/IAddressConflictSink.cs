namespace NooksOS.Extensions.TcpIp;

/// <summary>Who wants to know that another station uses our address.</summary>
internal interface IAddressConflictSink
{
    /// <summary>Another station says that it has our address.</summary>
    void OnAddressConflict(long nowNanoseconds);
}
