using System.Collections.Generic;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Recovery;

/// <summary>
/// Failures that somebody has to decide on. The agent takes one, thinks, and answers. A failure that was taken by an agent
/// which then died is given out again; one that is withdrawn is decided by the kernel.
/// </summary>
internal sealed class DecisionDesk
{
    private readonly Lock _sync = new();
    private readonly List<Question> _questions = [];

    /// <summary>Asks about a failure.</summary>
    public void Ask(in FaultNotification notification)
    {
        lock (_sync)
        {
            _questions.Add(new Question(notification));
        }
    }

    /// <summary>Gives out the oldest failure that no agent has.</summary>
    public bool TryTake(out FaultNotification notification)
    {
        lock (_sync)
        {
            foreach (Question question in _questions)
            {
                if (!question.Taken)
                {
                    question.Taken = true;
                    notification = question.Notification;
                    return true;
                }
            }
        }

        notification = default;
        return false;
    }

    /// <summary>The agent is dead: what it had taken and not decided is given out again.</summary>
    public void ReturnTaken()
    {
        lock (_sync)
        {
            foreach (Question question in _questions)
            {
                question.Taken = false;
            }
        }
    }

    /// <summary>Which domain an open failure is of.</summary>
    public bool TryGetDomain(uint faultId, out uint domainId)
    {
        lock (_sync)
        {
            Question? question = Find(faultId);
            domainId = question?.Notification.DomainId ?? 0;
            return question is { Answer: null };
        }
    }

    /// <summary>Answers. False if nobody asks about this failure any more.</summary>
    public bool TryAnswer(uint faultId, RecoveryDecision decision)
    {
        lock (_sync)
        {
            if (Find(faultId) is not { Answer: null } question)
            {
                return false;
            }

            question.Answer = decision;
            return true;
        }
    }

    /// <summary>Takes the answer, if there is one. The question is closed then.</summary>
    public bool TryClose(uint faultId, out RecoveryDecision decision)
    {
        lock (_sync)
        {
            if (Find(faultId) is { Answer: { } answer } question)
            {
                _questions.Remove(question);
                decision = answer;
                return true;
            }
        }

        decision = default;
        return false;
    }

    /// <summary>Closes the question whether it is answered or not.</summary>
    public void Withdraw(uint faultId)
    {
        lock (_sync)
        {
            _questions.RemoveAll(question => question.Notification.FaultId == faultId);
        }
    }

    private Question? Find(uint faultId) => _questions.Find(question => question.Notification.FaultId == faultId);

    private sealed class Question(FaultNotification notification)
    {
        public FaultNotification Notification { get; } = notification;

        public bool Taken { get; set; }

        public RecoveryDecision? Answer { get; set; }
    }
}
