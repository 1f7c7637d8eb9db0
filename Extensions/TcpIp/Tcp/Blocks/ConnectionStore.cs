using System;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>
/// Writes what a connection cannot lose to its block, and reads it back in a new instance.
/// <para>
/// SND.UNA and RCV.NXT are not there: they follow from the positions, and from the state, which says of both FINs how far they are. So
/// each change is one store, and the block is true at every instruction. The order is always: octets, then their position, then the
/// segment that tells the peer.
/// </para>
/// </summary>
internal sealed class ConnectionStore(IConnectionMemory memory)
{
    /// <summary>What the kernel wants, and the rings.</summary>
    public ConnectionBlock Open(Connection connection) => new(memory.GetBlock(connection.Block));

    /// <summary>Writes everything, for the first time. From here on the next instance takes the connection over.</summary>
    public void Commit(Connection connection)
    {
        ConnectionBlock block = Open(connection);
        ref ConnectionTransportHalf half = ref block.Transport;
        half.LocalAddress = connection.Flow.Local.Value;
        half.RemoteAddress = connection.Flow.Remote.Value;
        half.LocalPort = connection.Flow.LocalPort;
        half.RemotePort = connection.Flow.RemotePort;
        half.InitialSendSequence = connection.InitialSend;
        half.ReceiveWindowShift = ReceiveWindow.Scale;
        half.TimestampOffset = connection.TimestampOffset;
        WriteHandshake(ref half, connection);
        half.SendAcknowledged = 0;
        half.ReceiveWritten = 0;
        half.SendHighest = 0;
        half.Error = ConnectionError.None;
        half.Progress = ConnectionProgress.None;
        half.State = connection.State;
        block.Commit();
    }

    /// <summary>
    /// Writes what the SYNs agreed on, once the peer's has come, and last the state. As long as that is SYN-SENT the rest counts for nothing.
    /// </summary>
    public void CommitHandshake(Connection connection)
    {
        ConnectionBlock block = Open(connection);
        ref ConnectionTransportHalf half = ref block.Transport;
        WriteHandshake(ref half, connection);
        half.Checksum = block.ComputeChecksum();
        WriteState(ref half, connection.State);
    }

    /// <summary>Moves to another state.</summary>
    public void Enter(Connection connection, ConnectionState state)
    {
        connection.State = state;
        ref ConnectionTransportHalf half = ref Open(connection).Transport;
        half.Progress = ProgressOf(state);
        WriteState(ref half, state);
    }

    /// <summary>
    /// The peer's FIN has come in FIN-WAIT-2, and nothing is missing any more. The state stays, until the last acknowledgment has left.
    /// </summary>
    public void NoteFinish(Connection connection)
        => Open(connection).Transport.Progress = ProgressOf(connection.State) | ConnectionProgress.FinReceived;

    /// <summary>Ends the connection: the last thing that is written to its block.</summary>
    public void Close(Connection connection, ConnectionError error)
    {
        connection.State = ConnectionState.Closed;
        ref ConnectionTransportHalf half = ref Open(connection).Transport;
        half.Error = error;
        WriteState(ref half, ConnectionState.Closed);
    }

    /// <summary>Ends what was never begun, or cannot be taken over. The positions stay what they are.</summary>
    public void Refuse(Connection connection, ConnectionError error)
    {
        Close(connection, error);
        Open(connection).Commit();
    }

    /// <summary>The octets of the receive ring up to here are the application's.</summary>
    public void CommitReceived(Connection connection, long position)
        => Volatile.Write(ref Open(connection).Transport.ReceiveWritten, (ulong)position);

    /// <summary>The room of the send ring up to here is the application's again.</summary>
    public void CommitAcknowledged(Connection connection, long position)
        => Volatile.Write(ref Open(connection).Transport.SendAcknowledged, (ulong)position);

    /// <summary>The octets up to here may reach the peer.</summary>
    public void CommitHighest(Connection connection, long position)
        => Volatile.Write(ref Open(connection).Transport.SendHighest, (ulong)position);

    /// <summary>The peer lets us send up to here.</summary>
    public void CommitWindow(Connection connection)
        => Volatile.Write(ref Open(connection).Transport.SendWindowEnd, (ulong)Math.Max(connection.WindowEnd, 0));

    /// <summary>The peer's clock, as it is to be echoed.</summary>
    public void CommitTimestamp(Connection connection)
        => Open(connection).Transport.RecentTimestamp = connection.RecentTimestamp;

    /// <summary>Whether an earlier instance has begun the connection, and not ended it.</summary>
    public bool IsOpen(Connection connection)
    {
        ConnectionBlock block = Open(connection);
        return block.IsCommitted && block.Transport.State != ConnectionState.Closed;
    }

    /// <summary>
    /// Reads a connection of an earlier instance, which may have been about to crash: nothing is believed that cannot be. False if it
    /// cannot be taken over. Its timers and windows are those of a connection that has been idle.
    /// </summary>
    public bool TryAdopt(Connection connection, long nowNanoseconds)
    {
        ConnectionBlock block = Open(connection);
        ref ConnectionTransportHalf half = ref block.Transport;
        bool isWhole = half.Checksum == block.ComputeChecksum();
        if (!isWhole && half.State == ConnectionState.SynSent)
        {
            // The instance may have died while it wrote what had come with the peer's SYN, which will come again.
            WriteHandshake(ref half, connection);
            isWhole = half.Checksum == block.ComputeChecksum();
        }

        if (!isWhole
            || half.State is ConnectionState.None or >= ConnectionState.Closed
            || !HavePossibleValues(block))
        {
            return false;
        }

        connection.Flow = new TcpFlow(
            new Ipv4Address(half.LocalAddress), half.LocalPort, new Ipv4Address(half.RemoteAddress), half.RemotePort);
        connection.State = half.State;
        connection.InitialSend = half.InitialSendSequence;
        connection.InitialReceive = half.InitialReceiveSequence;
        connection.Options = new HandshakeOptions(
            Math.Max(half.MaximumSegmentBytes, (ushort)TcpParameters.MinimumSegmentBytes),
            (half.Features & ConnectionFeatures.WindowScale) != 0,
            Math.Min(half.SendWindowShift, TcpOptions.MaximumScale),
            (half.Features & ConnectionFeatures.Timestamps) != 0,
            (half.Features & ConnectionFeatures.SelectiveAcknowledgement) != 0);
        connection.TimestampOffset = half.TimestampOffset;
        connection.RecentTimestamp = half.RecentTimestamp;
        connection.RecentTimestampAt = nowNanoseconds;
        AdoptPositions(connection, block);
        return true;
    }

    private static void AdoptPositions(Connection connection, ConnectionBlock block)
    {
        ref ConnectionTransportHalf half = ref block.Transport;
        connection.ReceiveNext = (long)half.ReceiveWritten + (half.State.HasReceivedFinish() ? 1 : 0);
        connection.AcknowledgedNext = connection.ReceiveNext;
        if (half.State == ConnectionState.FinWait2 && (half.Progress & ConnectionProgress.FinReceived) != 0)
        {
            connection.EarlyFinish = connection.ReceiveNext;
        }

        // Not less than was offered before, whatever that was.
        connection.OfferedEnd = ReceiveWindow.LimitOf(block);
        if (!half.State.IsSynchronized())
        {
            return;
        }

        connection.Unacknowledged = (long)half.SendAcknowledged + (half.State.IsFinishAcknowledged() ? 1 : 0);
        connection.SendNext = connection.Unacknowledged;

        // The FIN may have left as well: its acknowledgment must not look like one of something that was never sent.
        bool mayHaveFinished = half.State.HasFinish() && half.SendHighest == block.Kernel.SendWritten;
        connection.SendHighest = Math.Max((long)half.SendHighest + (mayHaveFinished ? 1 : 0), connection.Unacknowledged);
        connection.WindowEnd = Math.Max((long)half.SendWindowEnd, connection.Unacknowledged);
        connection.LargestWindow = connection.WindowEnd - connection.Unacknowledged;
        connection.WindowSequence = connection.ReceiveNext;
        connection.WindowAcknowledgment = connection.Unacknowledged;
    }

    private static bool HavePossibleValues(ConnectionBlock block)
    {
        ref ConnectionTransportHalf half = ref block.Transport;
        ref ConnectionKernelHalf wanted = ref block.Kernel;
        ulong written = wanted.SendWritten;
        ulong read = wanted.ReceiveRead;
        return half.SendAcknowledged <= written
            && half.SendHighest <= written
            && half.ReceiveWritten >= read
            && half.ReceiveWritten - read <= (ulong)block.ReceiveRing.Length
            && half.SendWindowEnd <= half.SendAcknowledged + ((ulong)ushort.MaxValue << TcpOptions.MaximumScale)
            && half.LocalPort != 0
            && half.RemotePort != 0
            && new Ipv4Address(half.RemoteAddress).IsHost;
    }

    private static void WriteHandshake(ref ConnectionTransportHalf half, Connection connection)
    {
        half.InitialReceiveSequence = connection.InitialReceive;
        half.MaximumSegmentBytes = connection.Options.SegmentBytes;
        half.SendWindowShift = connection.Options.SendScale;
        half.Features = FeaturesOf(connection.Options);
        half.RecentTimestamp = connection.RecentTimestamp;
        half.SendWindowEnd = (ulong)Math.Max(connection.WindowEnd, 0);
    }

    private static ConnectionFeatures FeaturesOf(in HandshakeOptions options)
        => (options.HasTimestamps ? ConnectionFeatures.Timestamps : ConnectionFeatures.None)
            | (options.HasSack ? ConnectionFeatures.SelectiveAcknowledgement : ConnectionFeatures.None)
            | (options.HasScale ? ConnectionFeatures.WindowScale : ConnectionFeatures.None);

    private static ConnectionProgress ProgressOf(ConnectionState state)
        => (state.HasFinish() ? ConnectionProgress.FinSent : ConnectionProgress.None)
            | (state.IsFinishAcknowledged() ? ConnectionProgress.FinAcknowledged : ConnectionProgress.None)
            | (state.HasReceivedFinish() ? ConnectionProgress.FinReceived : ConnectionProgress.None);

    // An enumeration cannot be written through Volatile; a store of four aligned octets is one store all the same.
    private static void WriteState(ref ConnectionTransportHalf half, ConnectionState state)
    {
        Thread.MemoryBarrier();
        half.State = state;
    }
}
