namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Which questions of <see cref="EchoQuestion"/> a neighbour was asked, and which answers prove something: a driver that brings one old answer
/// again and again proves nothing, and neither does one that lets short frames pass only. Every second question is long, and one that is not
/// answered is repeated in its length. The owner guards it.
/// </summary>
/// <remarks>
/// Not everybody answers, or answers what is long, or that often. So answers are relied on only after a neighbour has given both kinds, and for
/// want of them alone a driver is blamed once in a while only.
/// </remarks>
internal sealed class EchoNumbers
{
    // Of which a question carries what fits.
    private ulong _last;
    private ulong _firstOpen = 1;
    private bool _answersShort;
    private bool _answersLong;
    private bool _isAnsweredOtherwise;
    private VerdictPause _pause;

    /// <summary>Whether this neighbour answers such questions of both lengths, so that whoever does not has not heard them.</summary>
    public bool AreReliedOn => _answersShort && _answersLong;

    /// <summary>Whether anything would follow from it if they were not answered.</summary>
    public bool AreOfUse(long nowNanoseconds) => _pause.IsOver(nowNanoseconds);

    /// <summary>Makes the number of the next question.</summary>
    /// <param name="isLong">Whether it is one of the long ones.</param>
    public ushort Next(out bool isLong)
    {
        bool isRepeated = AreReliedOn && _last >= _firstOpen;
        _last += isRepeated ? 2u : 1;
        isLong = IsLong((ushort)_last);
        return (ushort)_last;
    }

    /// <summary>Takes an answer. True if it is one to a question that was asked since the last one was answered.</summary>
    public bool TakeAnswer(ushort number)
    {
        ushort behind = (ushort)((ushort)_last - number);
        if (_last < _firstOpen || behind > _last - _firstOpen)
        {
            return false;
        }

        _firstOpen = _last + 1;
        _isAnsweredOtherwise = false;
        _answersLong |= IsLong(number);
        _answersShort |= !IsLong(number);
        return true;
    }

    /// <summary>The neighbour has answered another kind of question.</summary>
    public void NoteOtherAnswer() => _isAnsweredOtherwise = true;

    /// <summary>Somebody was blamed for a silence.</summary>
    public void NoteVerdict(long nowNanoseconds)
    {
        if (AreReliedOn && _isAnsweredOtherwise)
        {
            _pause.Begin(nowNanoseconds);
        }

        Forget();
    }

    /// <summary>Nothing is known any more of what is answered.</summary>
    public void Forget() => _answersShort = _answersLong = false;

    private static bool IsLong(ushort number) => number % 2 == 1;
}
