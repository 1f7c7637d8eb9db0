using System;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Transport;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>The bytes of one connection: moved between the transport and the buffers of the <see cref="Workspace"/>.</summary>
internal struct ConnectionStream(ConnectionId id)
{
    private KeptBytes _keptInput;
    private KeptBytes _keptOutput;

    /// <summary>The connection's name.</summary>
    public readonly ConnectionId Id => id;

    /// <summary>Bytes moved in both directions since somebody set this to 0.</summary>
    public long MovedBytes { get; set; }

    /// <summary>Memory that it takes between turns.</summary>
    public readonly int KeptBytes => _keptInput.HeldBytes + _keptOutput.HeldBytes;

    /// <summary>Begins a turn with what was left over.</summary>
    public void Load(Workspace work)
    {
        work.Input.Clear();
        work.Input.Extend(_keptInput.Take(work.Pool, work.Input.MakeRoom()));
        work.Output.Clear();
        work.Output.Extend(_keptOutput.Take(work.Pool, work.Output.MakeRoom()));
    }

    /// <summary>Ends a turn, keeping what is left over.</summary>
    public void Store(Workspace work)
    {
        _keptInput.Store(work.Pool, work.Input.Used);
        _keptOutput.Store(work.Pool, work.Output.Used);
    }

    /// <summary>Receives what there is, after sending what is still here: the client may be waiting for it.</summary>
    public Step Receive(Workspace work)
    {
        if (Flush(work) is not Step.Continue and var blocked)
        {
            return blocked;
        }

        Span<byte> room = work.Input.MakeRoom();
        Transfer transfer = work.Transport.Receive(id, room[..Math.Min(room.Length, RequestLimits.HeadBytes)]);
        if (transfer.Status != TransferStatus.Done)
        {
            return transfer.Status == TransferStatus.WouldBlock ? Step.Blocked : Step.Close;
        }

        work.Input.Extend(transfer.Bytes);
        work.Statistics.BytesReceived += transfer.Bytes;
        MovedBytes += transfer.Bytes;
        return Step.Continue;
    }

    /// <summary>Sends what is in the output.</summary>
    public Step Flush(Workspace work)
    {
        while (!work.Output.IsEmpty)
        {
            Transfer transfer = work.Transport.Send(id, work.Output.Used);
            if (transfer.Status != TransferStatus.Done)
            {
                return transfer.Status == TransferStatus.WouldBlock ? Step.Blocked : Step.Close;
            }

            work.Output.Skip(transfer.Bytes);
            work.Statistics.BytesSent += transfer.Bytes;
            MovedBytes += transfer.Bytes;
        }

        return Step.Continue;
    }

    /// <summary>What was received must not be acted on twice.</summary>
    public readonly void Commit(Workspace work) => work.Transport.Commit(id);

    /// <summary>Ends the connection. Orderly: what was sent still arrives.</summary>
    public void Close(Workspace work, bool isOrderly)
    {
        _keptInput.Drop(work.Pool);
        _keptOutput.Drop(work.Pool);
        if (isOrderly)
        {
            work.Transport.Close(id);
        }
        else
        {
            work.Transport.Abort(id);
        }
    }
}
