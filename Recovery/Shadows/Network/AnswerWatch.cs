using System;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Watches whether the stack still answers. To the first segment of a connection that comes from somebody it has spoken with, and that has
/// no flaw, it always sends something at once: an acceptance, a refusal, or a question for the peer's address. A stack that took one
/// and then sends nothing of the kind does not work any more, though it takes every frame.
/// </summary>
/// <remarks>
/// Restarting the stack may not help, if something else is wrong. The instance after one that never answered anybody is therefore not
/// watched before it has answered somebody. The owner guards it.
/// </remarks>
internal sealed class AnswerWatch
{
    private const int RequestsKept = 16;

    // As a batch, of which nobody but us knows.
    private readonly byte[] _requests = new byte[RequestsKept * PacketBatch.MaximumFrameBytes];
    private readonly KnownPeers _peers = new();
    private int _requestBytes;
    private ulong _lostBefore;
    private uint _instance;
    private bool _hasAnswered;
    private bool _isTrusted = true;
    private bool _isWaiting;

    /// <summary>Answers that were sent, since boot.</summary>
    public ulong Answers { get; private set; }

    /// <summary>Whether somebody waits for an answer of this instance that should have come at once.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="lost">Frames of the stack that nobody saw, since boot. The answer may be among them.</param>
    public bool IsAwaited(uint instance, ulong lost) => _isWaiting && instance == _instance && lost == _lostBefore;

    /// <summary>Looks at a segment on its way to an instance of the stack.</summary>
    /// <param name="frame">The frame that it is in.</param>
    /// <param name="packet">Its packet, as <see cref="TransportFrame"/> finds it.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="lost">Frames of the stack that nobody saw, since boot.</param>
    public void TakenByStack(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> packet, uint instance, ulong lost)
    {
        NoteInstance(instance);
        if (!_isTrusted || !ConnectionRequest.IsIn(packet))
        {
            return;
        }

        PacketBatch.TryAppend(_requests, ref _requestBytes, frame);
        if (_peers.HaveSent(frame, packet) && ConnectionRequest.IsFlawless(packet))
        {
            _isWaiting = true;
            _lostBefore = lost;
        }
    }

    /// <summary>
    /// Gives the requests that an instance took and left unanswered to the next one: it may answer, and their peers repeat them late. Those
    /// that wait anyway are not given twice.
    /// </summary>
    public void GiveUnanswered(FramePath frames)
    {
        ReadOnlySpan<byte> rest = _requests.AsSpan(0, _requestBytes);
        _requestBytes = 0;
        while (PacketBatch.TryRead(ref rest, out ReadOnlySpan<byte> request))
        {
            if (!frames.IsQueued(request))
            {
                frames.TryEnqueueOwn(request);
            }
        }
    }

    /// <summary>Looks at a frame that an instance of the stack sends.</summary>
    public void SentByStack(ReadOnlySpan<byte> frame, uint instance)
    {
        NoteInstance(instance);
        bool isSegment = TransportFrame.TryFindInFrame(frame, out ReadOnlySpan<byte> packet);
        bool isOfInterest = _requestBytes != 0 || !_isTrusted || (isSegment && !_peers.Know(frame, packet));
        if (!isOfInterest || !(isSegment ? TransportFrame.IsIntact(packet) : AddressResolution.IsQuestion(frame)))
        {
            return;
        }

        if (isSegment)
        {
            _peers.NoteSent(frame, packet);
        }

        Answers += _isWaiting || !_isTrusted ? 1u : 0;
        _isWaiting = false;
        _requestBytes = 0;
        _hasAnswered = true;
        _isTrusted = true;
    }

    // What the last instance was asked went with it.
    private void NoteInstance(uint instance)
    {
        if (instance != _instance)
        {
            _isTrusted = _hasAnswered || (_isTrusted && !_isWaiting);
            _instance = instance;
            _hasAnswered = false;
            _isWaiting = false;
        }
    }
}
