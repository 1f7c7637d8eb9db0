using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// Says what a failure is worth that a driver reports of a disk. A failure can be the disk's, or a lie of a driver that has gone
/// wrong, and a lie about a write would cost a good volume. So it counts only once two instances have said the same; an instance
/// that was right about one is believed for a while, so that a disk with many bad sectors does not cost an instance for each. The
/// owner guards it.
/// </summary>
internal sealed class FailureJudge(BlockShadowOptions options)
{
    private uint _believedRegistration;
    private long _believedUntilNanoseconds;
    private bool _isReported;
    private ulong _ends;

    /// <summary>Whether the instance is doubted: it gets no more requests, and is to be replaced.</summary>
    public bool IsDoubted { get; private set; }

    /// <summary>A fresh instance is there.</summary>
    public void Begin()
    {
        IsDoubted = false;
        _isReported = false;
    }

    /// <summary>Whether somebody has to be told that the instance is doubted. True once.</summary>
    public bool TryTakeDoubt()
    {
        bool isNews = IsDoubted && !_isReported;
        _isReported |= isNews;
        return isNews;
    }

    /// <summary>A request has ended in another way than by being aborted.</summary>
    public void NoteEnd() => _ends++;

    /// <summary>Judges the failure of a request.</summary>
    /// <param name="transfer">The request, in which it is noted.</param>
    /// <param name="result">What is said of it.</param>
    /// <param name="registration">The instance that says it.</param>
    /// <param name="nowNanoseconds">The time.</param>
    public FailureVerdict Judge(BlockTransfer transfer, BlockResult result, uint registration, long nowNanoseconds)
    {
        bool isWorthAnotherTry = result switch
        {
            BlockResult.Aborted => ++transfer.Aborts < options.Aborts && CountInVain(transfer) < options.AbortsInVain,
            BlockResult.DeviceError or BlockResult.TimedOut => ++transfer.Failures < options.Tries,
            _ => false,
        };
        if (isWorthAnotherTry)
        {
            return FailureVerdict.TryAgain;
        }

        if (transfer.DoubtedRegistration != 0 && transfer.DoubtedRegistration != registration)
        {
            _believedRegistration = registration;
            _believedUntilNanoseconds = nowNanoseconds + options.BeliefNanoseconds;
            return FailureVerdict.Error;
        }

        if (registration == _believedRegistration && nowNanoseconds < _believedUntilNanoseconds)
        {
            return FailureVerdict.Error;
        }

        transfer.DoubtedRegistration = registration;
        transfer.Failures = 0;
        transfer.Aborts = 0;
        transfer.AbortsInVain = 0;
        IsDoubted = true;
        return FailureVerdict.AskAnother;
    }

    // Aborts between which the disk has done nothing for anybody.
    private int CountInVain(BlockTransfer transfer)
    {
        transfer.AbortsInVain = transfer.EndsAtAbort == _ends ? transfer.AbortsInVain + 1 : 1;
        transfer.EndsAtAbort = _ends;
        return transfer.AbortsInVain;
    }
}
