using System;
using NooksOS.Extensions.KHttpd.Messages;
using NooksOS.Extensions.KHttpd.Transport;
using NooksOS.Extensions.KHttpd.Uploads;

namespace NooksOS.Extensions.KHttpd.Serving;

/// <summary>
/// One connection: requests in, replies out, in order. It works in the buffers of the <see cref="Workspace"/> while it has its turn;
/// between turns it keeps what is left over, which most of the time is nothing.
/// </summary>
/// <param name="id">The connection's name.</param>
/// <param name="peer">The address of the client.</param>
internal sealed class HttpConnection(ConnectionId id, uint peer)
{
    // Replies to pipelined requests are sent together up to here; behind it is room for another head.
    private const int GatheredBytes = Workspace.OutputBytes / 2;

    private ConnectionStream _stream = new(id);
    private HeadScanner _scanner;
    private BodyReader _body;
    private ReplySender _sender;
    private TransferPace _pace;
    private RequestTraits _request;
    private IUpload? _upload;
    private int _eventsLeft;
    private int _drainedBytes;
    private long _deadline;
    private bool _skippedEmptyLine;
    private bool _isLate;

    /// <summary>The connection's name.</summary>
    public ConnectionId Id => _stream.Id;

    /// <summary>The address of the client.</summary>
    public uint Peer { get; } = peer;

    /// <summary>What it is doing.</summary>
    public Phase Phase { get; private set; }

    /// <summary>Whether it waits in the server's queue for its turn.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Since when it waits for a request or the rest of one, in <see cref="Phase.Head"/>.</summary>
    public long WaitingSince { get; private set; }

    /// <summary>When it began to listen, in <see cref="Phase.Events"/>: later ones have larger numbers.</summary>
    public long ListenerNumber { get; private set; }

    /// <summary>Whether it transfers something that others may have to wait for.</summary>
    public bool IsTransfer => Phase is Phase.Body or Phase.Reply or Phase.Ending;

    /// <summary>Memory that it takes between turns.</summary>
    public int KeptBytes => _stream.KeptBytes;

    /// <summary>How many bytes a transfer moves from one look at the deadline to the next, on average.</summary>
    public long PaceBytes => _pace.Bytes;

    /// <summary>Begins to wait for a request.</summary>
    public void ExpectRequest(Workspace work)
    {
        Phase = Phase.Head;
        _scanner = default;
        _request = RequestTraits.Unknown;
        _skippedEmptyLine = false;
        WaitingSince = work.Clock.MonotonicNanoseconds;
        _deadline = work.Clock.MonotonicNanoseconds + work.Limits.IdleNanoseconds;
    }

    /// <summary>Gives the connection its turn. True if it wants another one without being woken.</summary>
    public bool Run(Workspace work)
    {
        _stream.Load(work);
        Step step = Step.Continue;
        for (int count = 0; count < work.Limits.StepsPerTurn && step == Step.Continue; count++)
        {
            step = Advance(work);
        }

        if (step == Step.Continue)
        {
            step = _stream.Flush(work);
        }

        if (step == Step.Close)
        {
            Close(work, isOrderly: Phase is Phase.Head or Phase.Draining);
            return false;
        }

        _sender.Rewind(work.Output);
        _stream.Store(work);
        return step == Step.Continue;
    }

    /// <summary>Gives a listener the next event. False if it still has one to send: who is slow misses some.</summary>
    public bool TryOffer(ServerEvent news)
    {
        if (Phase != Phase.Events || _sender.IsSending)
        {
            return false;
        }

        _eventsLeft--;
        Content.Representation content = news.For(_request.IsVersion11);
        _sender.Begin(content, new ByteRange(0, content.LengthBytes));
        return true;
    }

    /// <summary>Looks at the deadline. True if the connection is late and must have a turn, in which it says so.</summary>
    public bool CheckDeadline(Workspace work)
    {
        _pace.Note(_stream.MovedBytes);
        if (work.Clock.MonotonicNanoseconds < _deadline)
        {
            return false;
        }

        bool isIdleListener = Phase == Phase.Events && !_sender.IsSending;
        if (isIdleListener || ((IsTransfer || Phase == Phase.Events) && _stream.MovedBytes >= work.Limits.RateBytes))
        {
            BeginTransfer(work);
            return false;
        }

        // That a client is gone when it has got everything is no delay.
        work.Statistics.TimedOut += _isLate || Phase == Phase.Draining ? 0 : 1;
        if (!_isLate && (Phase == Phase.Body || (Phase == Phase.Head && _scanner.ScannedBytes != 0)))
        {
            // RFC 9110 §15.5.9. Who has sent nothing has asked nothing: that connection just ends.
            _isLate = true;
            return true;
        }

        Close(work, isOrderly: Phase is Phase.Head or Phase.Draining);
        return false;
    }

    /// <summary>Ends the connection. Orderly: what was sent still arrives.</summary>
    public void Close(Workspace work, bool isOrderly)
    {
        work.Listeners -= Phase == Phase.Events ? 1 : 0;
        Phase = Phase.Closed;
        _sender.End();
        _upload = null;
        _stream.Close(work, isOrderly);
    }

    private Step Advance(Workspace work) => Phase switch
    {
        Phase.Head or Phase.Body when _isLate => RefuseLate(work),
        Phase.Head => ReadHead(work),
        Phase.Body => ReadBody(work),
        Phase.Reply => SendReply(work),
        Phase.Events => SendEvents(work),
        Phase.Ending => End(work),
        Phase.Draining => Drain(work),
        _ => Step.Close,
    };

    private Step ReadHead(Workspace work)
    {
        if (work.Output.Length > GatheredBytes && _stream.Flush(work) is not Step.Continue and var blocked)
        {
            return blocked;
        }

        ReadOnlySpan<byte> arrived = work.Input.Used;
        if (arrived.Length == _scanner.ScannedBytes)
        {
            return _stream.Receive(work);
        }

        if (_scanner.ScannedBytes == 0)
        {
            _deadline = work.Clock.MonotonicNanoseconds + work.Limits.HeadNanoseconds;
        }

        return _scanner.Scan(arrived, out StatusCode refusal) switch
        {
            ScanResult.Incomplete => Step.Continue,
            ScanResult.Complete => BeginRequest(work, _scanner.ScannedBytes),
            _ => Refuse(work, refusal),
        };
    }

    private Step BeginRequest(Workspace work, int sizeBytes)
    {
        int start = work.Input.Start;
        work.Input.Skip(sizeBytes);
        _scanner = default;
        if (sizeBytes == 2 && !_skippedEmptyLine)
        {
            // RFC 9112 §2.2: some clients send an empty line behind a body.
            _skippedEmptyLine = true;
            return Step.Continue;
        }

        work.Statistics.Requests++;
        RequestHead head = work.Head;
        StatusCode refusal = head.Parse(work.Input.Buffer, start, sizeBytes);
        if (refusal != StatusCode.None)
        {
            return Refuse(work, refusal);
        }

        _pace.Begin(work.Limits.AssumedBytes);
        _request = new RequestTraits(head.IsVersion11, head.IsPersistent, head.Method == RequestMethod.Head);
        _body = new BodyReader(head.Framing);
        Reply reply = work.Site.Begin(head);
        if (reply.Upload is { } upload)
        {
            _upload = upload;
        }
        else if (head.Framing.Kind == BodyKind.None)
        {
            return BeginReply(work, reply);
        }
        else if (head.ExpectsContinue || head.Framing.LengthBytes > work.Limits.UnwantedBytes)
        {
            // The body is not read, so nobody could find the next request behind it.
            _request = _request with { IsPersistent = false };
            return BeginReply(work, reply);
        }
        else
        {
            _upload = new DiscardUpload(reply, work.Limits.UnwantedBytes);
        }

        if (head.ExpectsContinue && work.Input.IsEmpty)
        {
            ReadOnlySpan<byte> interim = "HTTP/1.1 100 Continue\r\n\r\n"u8;
            interim.CopyTo(work.Output.MakeRoom());
            work.Output.Extend(interim.Length);
        }

        Phase = Phase.Body;
        BeginTransfer(work);
        return Step.Continue;
    }

    private Step ReadBody(Workspace work)
    {
        if (!_body.IsComplete)
        {
            if (work.Input.IsEmpty)
            {
                return _stream.Receive(work);
            }

            if (!_body.TryRead(work.Input.Used, out int consumed, out ReadOnlySpan<byte> data))
            {
                return Refuse(work, StatusCode.BadRequest);
            }

            if (!data.IsEmpty && !_upload!.TryAppend(data))
            {
                return Refuse(work, StatusCode.ContentTooLarge);
            }

            work.Input.Skip(consumed);
        }

        if (!_body.IsComplete)
        {
            return Step.Continue;
        }

        if (_upload!.HasEffects)
        {
            _stream.Commit(work);
        }

        Reply reply = _upload.Finish();
        _upload = null;
        return BeginReply(work, reply);
    }

    // A client that does not even read the replies it has would not read this one.
    private Step RefuseLate(Workspace work)
        => work.Output.Length > GatheredBytes ? Step.Close : Refuse(work, StatusCode.RequestTimeout);

    // Behind what was refused nobody knows where the next request begins, so there is none.
    private Step Refuse(Workspace work, StatusCode status)
    {
        work.Statistics.Refused++;
        _upload = null;
        _request = RequestTraits.Unknown;
        return BeginReply(work, Reply.Of(status));
    }

    private Step BeginReply(Workspace work, in Reply reply)
    {
        bool isListener = reply.IsEventStream && !_request.OmitsContent;
        if (reply.IsEventStream)
        {
            _request = _request with { IsPersistent = false };
            _eventsLeft = reply.EventCount == 0 ? int.MaxValue : reply.EventCount;
        }

        work.Output.Extend(HeadWriter.Write(work.Output.MakeRoom(), reply, _request, work.Clock.UtcSeconds));
        bool hasContent = !_request.OmitsContent && !reply.Status.IsBodiless();
        _sender.End();
        if (hasContent && reply.Content is { } content)
        {
            _sender.Begin(content, reply.Part);
        }

        Phase = isListener ? Phase.Events : Phase.Reply;
        if (isListener)
        {
            work.Listeners++;
            ListenerNumber = ++work.LastListener;
        }

        BeginTransfer(work);
        return Step.Continue;
    }

    private Step SendReply(Workspace work)
    {
        _sender.Fill(work.Output);
        if (_sender.IsSending)
        {
            return _stream.Flush(work);
        }

        _sender.End();
        if (_request.IsPersistent)
        {
            ExpectRequest(work);
        }
        else
        {
            Phase = Phase.Ending;
        }

        return Step.Continue;
    }

    private Step SendEvents(Workspace work)
    {
        _sender.Fill(work.Output);
        if (_stream.Flush(work) is not Step.Continue and var blocked)
        {
            return blocked;
        }

        if (_sender.IsSending)
        {
            return Step.Continue;
        }

        _sender.End();
        if (_eventsLeft == 0)
        {
            ReadOnlySpan<byte> last = _request.IsVersion11 ? ChunkFraming.Last : default;
            last.CopyTo(work.Output.MakeRoom());
            work.Output.Extend(last.Length);
            work.Listeners--;
            Phase = Phase.Ending;
            return Step.Continue;
        }

        // A listener has nothing to say any more; this is how its end is noticed.
        work.Input.Clear();
        return _stream.Receive(work);
    }

    private Step End(Workspace work)
    {
        Step step = _stream.Flush(work);
        if (step == Step.Continue)
        {
            work.Transport.EndSending(Id);
            Phase = Phase.Draining;
            _drainedBytes = 0;
            _deadline = work.Clock.MonotonicNanoseconds + work.Limits.LingerNanoseconds;
        }

        return step;
    }

    private Step Drain(Workspace work)
    {
        _drainedBytes += work.Input.Length;
        work.Input.Clear();
        return _drainedBytes > work.Limits.UnwantedBytes ? Step.Close : _stream.Receive(work);
    }

    private void BeginTransfer(Workspace work)
    {
        _stream.MovedBytes = 0;
        _pace.RestartCount();
        _deadline = work.Clock.MonotonicNanoseconds + work.Limits.RateNanoseconds;
    }
}
