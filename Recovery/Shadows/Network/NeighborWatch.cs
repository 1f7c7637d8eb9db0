using System;
using System.Buffers.Binary;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Finds a driver that has gone deaf or dumb though it fails nowhere: it takes frames and says that they have left, but nothing ever comes
/// back. While the device is silent, a station that has answered before is asked again for its address, as one does before one gives up a
/// neighbour (RFC 1122 §2.3.2.1, RFC 4861 §7.3), but as quickly as links are watched (RFC 5880).
/// </summary>
/// <remarks>
/// That a station is silent does not prove anything of our driver: it may have been switched off, and its network with it. So silence counts
/// only if it has answered since the last verdict: one that stays silent costs a single restart, which nobody sees, whoever else is heard. How long an
/// answer takes is measured, so that a slow link is waited for. The owner guards it.
/// </remarks>
internal sealed class NeighborWatch(NetworkShadowOptions options)
{
    /// <summary>Length of a question.</summary>
    public const int QuestionBytes = 60;

    private const int SourceOffset = MacAddress.Length;
    private const int SenderAddressOffset = AddressResolution.SenderOffset + MacAddress.Length;
    private const int TargetAddressOffset = AddressResolution.TargetOffset + MacAddress.Length;
    private const int PatienceFactor = 4;
    private const int Forgetfulness = 8;

    private readonly NetworkShadowOptions _usual = options;
    private readonly EchoNumbers _echoes = new();

    private NetworkShadowOptions _options = options;
    private MacAddress _station;
    private uint _stationAddress;
    private uint _ownAddress;
    private ulong _framesHeard;
    private ulong _framesSent;
    private ulong _answers;
    private ulong _proofs;
    private bool _reliesOnEchoes;
    private bool _isVigilant;
    private uint _instance;
    private long _heardNanoseconds;
    private long _usedNanoseconds;
    private long _firstQuestionNanoseconds;
    private long _firstUnansweredNanoseconds;
    private long _lastQuestionNanoseconds;
    private long _longestAnswerNanoseconds;
    private long _longestAnswerAtNanoseconds;
    private long _idleQuietNanoseconds = options.IdleQuietNanoseconds;
    private int _questions;
    private int _questionsSinceAnswer;
    private int _questionsOfInstance;
    private bool _isTrusted;

    /// <summary>The address of the station that answered last, in host order; zero if none did.</summary>
    public uint StationAddress => _stationAddress;

    /// <summary>Whether questions follow each other quickly: a device is found sooner, and one that only seems deaf is blamed sooner, too.</summary>
    public bool IsVigilant
    {
        set
        {
            _isVigilant = value;
            _options = value ? _usual.WhenVigilant() : _usual;
        }
    }

    /// <summary>Whether each question goes together with one that <see cref="WriteEcho"/> writes: where failures are to be found quickly.</summary>
    public bool AsksEchoes { get; private set; }

    /// <summary>Questions that were asked, since boot.</summary>
    public ulong Asked { get; private set; }

    /// <summary>Looks at a frame that came from the device: an answer to a question for an address names a station that answers, any
    /// answer proves that it has heard us and we it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="own">The device's address.</param>
    /// <returns>Whether it is an answer.</returns>
    public bool Heard(ReadOnlySpan<byte> frame, MacAddress own)
    {
        if (AddressResolution.IsAnswer(frame) && MacAddress.Read(frame[AddressResolution.TargetOffset..]) == own)
        {
            uint stationAddress = BinaryPrimitives.ReadUInt32BigEndian(frame[SenderAddressOffset..]);
            if (stationAddress != _stationAddress)
            {
                _echoes.Forget();
                _reliesOnEchoes = false;
            }

            _answers++;
            _proofs += _reliesOnEchoes ? 0u : 1;
            _echoes.NoteOtherAnswer();
            _station = MacAddress.Read(frame[AddressResolution.SenderOffset..]);
            _stationAddress = stationAddress;
            _ownAddress = BinaryPrimitives.ReadUInt32BigEndian(frame[TargetAddressOffset..]);
            return true;
        }

        if (EchoQuestion.TryReadAnswer(frame, out ushort number))
        {
            _answers++;
            _proofs += _echoes.TakeAnswer(number) || !_reliesOnEchoes ? 1u : 0;
            return true;
        }

        return false;
    }

    /// <summary>Whether somebody has used the network lately.</summary>
    public bool IsInUse(long nowNanoseconds) => nowNanoseconds - _usedNanoseconds < _options.NetworkUseNanoseconds;

    /// <summary>When the next question is due though nothing happens; <see cref="long.MaxValue"/> for whenever somebody looks.</summary>
    public long NextQuestionNanoseconds(long nowNanoseconds)
    {
        long due = _lastQuestionNanoseconds + _options.QuestionPeriodNanoseconds;
        return AsksOn && due > nowNanoseconds ? due : long.MaxValue;
    }

    /// <summary>Looks at how things stand. Called again and again.</summary>
    /// <param name="traffic">What has passed since boot.</param>
    /// <param name="instance">Which instance of the driver there is.</param>
    /// <param name="isIdle">Whether the driver could send, and has nothing to send and nothing to say of what it was given.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public NeighborVerdict Look(in NeighborTraffic traffic, uint instance, bool isIdle, long nowNanoseconds)
    {
        NoteTraffic(traffic, instance, nowNanoseconds);
        AsksEchoes = _isVigilant && _echoes.AreOfUse(nowNanoseconds);
        _reliesOnEchoes = AsksEchoes && _echoes.AreReliedOn;
        if (!isIdle || _stationAddress == 0)
        {
            return NeighborVerdict.Fine;
        }

        // Who uses the network now should not wait long; where nobody does, or nobody answers anyway, there is no hurry.
        bool isInUse = _isTrusted && IsInUse(nowNanoseconds);
        long quiet = AsksOn || IsNew ? 0 : isInUse ? _options.QuietNanoseconds : _idleQuietNanoseconds;
        long period = _isTrusted || IsNew ? _options.QuestionPeriodNanoseconds : _options.IdleQuietNanoseconds;
        if (nowNanoseconds - _heardNanoseconds < quiet
            || ((_questions != 0 || AsksOn || IsNew) && nowNanoseconds - _lastQuestionNanoseconds < period))
        {
            return NeighborVerdict.Fine;
        }

        long patience = Math.Clamp(
            PatienceFactor * _longestAnswerNanoseconds,
            _options.QuestionsUnanswered * _options.QuestionPeriodNanoseconds,
            _options.LongestPatienceNanoseconds);
        if (_questions >= _options.QuestionsUnanswered && nowNanoseconds - _firstQuestionNanoseconds >= patience)
        {
            bool isNew = _isTrusted;
            _isTrusted = false;
            _questions = 0;
            _heardNanoseconds = nowNanoseconds;
            _echoes.NoteVerdict(nowNanoseconds);
            return isNew ? NeighborVerdict.Deaf : NeighborVerdict.Fine;
        }

        if (_isTrusted
            && _questionsSinceAnswer >= _options.QuestionsUnheard
            && nowNanoseconds - _firstUnansweredNanoseconds >= patience)
        {
            // Others are heard, and the one that was asked is not among them: nothing leaves.
            _isTrusted = false;
            _echoes.NoteVerdict(nowNanoseconds);
            return NeighborVerdict.Dumb;
        }

        _firstQuestionNanoseconds = _questions == 0 ? nowNanoseconds : _firstQuestionNanoseconds;
        _firstUnansweredNanoseconds = _questionsSinceAnswer == 0 ? nowNanoseconds : _firstUnansweredNanoseconds;
        _lastQuestionNanoseconds = nowNanoseconds;
        _questions++;
        _questionsSinceAnswer++;
        _questionsOfInstance++;
        Asked++;
        return NeighborVerdict.Ask;
    }

    /// <summary>Writes a question to the station that answered last.</summary>
    /// <param name="frame">Receives <see cref="QuestionBytes"/>.</param>
    /// <param name="own">The device's address.</param>
    public void WriteQuestion(Span<byte> frame, MacAddress own)
    {
        frame.Clear();
        _station.Write(frame);
        own.Write(frame[SourceOffset..]);
        AddressResolution.WriteQuestion(frame);
        own.Write(frame[AddressResolution.SenderOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(frame[SenderAddressOffset..], _ownAddress);
        BinaryPrimitives.WriteUInt32BigEndian(frame[TargetAddressOffset..], _stationAddress);
    }

    /// <summary>Writes another question to the same station, which is answered with what it holds.</summary>
    /// <param name="longest">Receives it, and is as long as the longest frame.</param>
    /// <param name="own">The device's address.</param>
    /// <returns>How long it is.</returns>
    public int WriteEcho(Span<byte> longest, MacAddress own)
    {
        ushort number = _echoes.Next(out bool isLong);
        Span<byte> frame = isLong ? longest : longest[..EchoQuestion.LeastFrameBytes];
        EchoQuestion.Write(frame, _station, own, _stationAddress, _ownAddress, number);
        return frame.Length;
    }

    // After a verdict the next instance is made sure of at once: until then nothing can be held against it.
    private bool IsNew => !_isTrusted && _questionsOfInstance < _options.QuestionsUnanswered;

    // It has answered before, and not the last question.
    private bool AsksOn => _options.AsksOnWhileOthersAreHeard && _isTrusted && _questionsSinceAnswer != 0;

    private void NoteTraffic(in NeighborTraffic traffic, uint instance, long nowNanoseconds)
    {
        // What only answers our own questions is no use of the network.
        bool isUsed = traffic.Sent != _framesSent || traffic.Heard - _framesHeard > _answers;
        bool isAnswered = _proofs != 0;

        // Neither is an answer that may be an old one a sign of life.
        bool isHeard = traffic.Heard - _framesHeard > _answers - _proofs;
        bool isReplaced = instance != _instance;
        if (isAnswered && !isReplaced && _questionsSinceAnswer != 0)
        {
            // What another instance was asked says nothing of the link.
            NoteAnswer(nowNanoseconds - _firstUnansweredNanoseconds, nowNanoseconds);
        }

        // Twice as long after each answer, until somebody uses the network again or there is another instance to be sure of.
        bool isQuiet = !isUsed && !isReplaced && !IsInUse(nowNanoseconds);
        long longer = isHeard && _isTrusted && _questions != 0 ? 2 * _idleQuietNanoseconds : _idleQuietNanoseconds;
        _idleQuietNanoseconds = isQuiet
            ? Math.Min(longer, _options.LongestIdleQuietNanoseconds)
            : _options.IdleQuietNanoseconds;
        if (isHeard || isReplaced)
        {
            _heardNanoseconds = nowNanoseconds;
            _questions = 0;
        }

        if (isAnswered || isReplaced)
        {
            _questionsSinceAnswer = 0;
        }

        _isTrusted |= isAnswered;
        _questionsOfInstance = isReplaced ? 0 : _questionsOfInstance;
        _usedNanoseconds = isUsed ? nowNanoseconds : _usedNanoseconds;
        _instance = instance;
        _framesHeard = traffic.Heard;
        _framesSent = traffic.Sent;
        _answers = 0;
        _proofs = 0;
    }

    // What was slow once need not be slow for ever. But a link that is silent now and then is asked often, and answers quickly most of the
    // time: by the number of its answers what it is capable of would be forgotten before it happens again.
    private void NoteAnswer(long tookNanoseconds, long nowNanoseconds)
    {
        bool isFresh = nowNanoseconds - _longestAnswerAtNanoseconds < _options.AnswerMemoryNanoseconds;
        long remembered = isFresh ? _longestAnswerNanoseconds : _longestAnswerNanoseconds - (_longestAnswerNanoseconds / Forgetfulness);
        _longestAnswerAtNanoseconds = tookNanoseconds >= remembered ? nowNanoseconds : _longestAnswerAtNanoseconds;
        _longestAnswerNanoseconds = Math.Max(tookNanoseconds, remembered);
    }
}
