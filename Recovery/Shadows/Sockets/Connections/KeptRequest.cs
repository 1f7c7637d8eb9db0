using System;

namespace NooksOS.Recovery.Shadows;

/// <summary>
/// What the owner of a connection has read of it, until it answers: should it die before, the next instance reads the same once more.
/// Once: it may be what it died of. The shadow guards it.
/// </summary>
/// <param name="budget">How much may be kept of all connections together.</param>
internal sealed class KeptRequest(KeptRequestBudget budget)
{
    private byte[] _bytes = [];
    private int _length;
    private int _repeated;
    private bool _isRepeating;

    /// <summary>Whether what is read is kept.</summary>
    public bool IsKeeping { get; private set; }

    /// <summary>What is to be read once more.</summary>
    public int LeftBytes => _isRepeating ? _length - _repeated : 0;

    /// <summary>From now on what is read is kept.</summary>
    public void Begin() => IsKeeping = true;

    /// <summary>Keeps what was read, if it is not too much.</summary>
    public void Note(ReadOnlySpan<byte> bytes)
    {
        if (!IsKeeping)
        {
            return;
        }

        int needed = _length + bytes.Length;
        if (needed > _bytes.Length)
        {
            int more = Math.Max(needed, Math.Min(2 * _bytes.Length, KeptRequestBudget.RequestBytes)) - _bytes.Length;
            if (needed > KeptRequestBudget.RequestBytes || !budget.TryTake(more))
            {
                Forget();
                return;
            }

            Array.Resize(ref _bytes, _bytes.Length + more);
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length = needed;
    }

    /// <summary>What was read is to be read once more, if it was kept.</summary>
    public void Repeat()
    {
        _isRepeating |= IsKeeping;
        IsKeeping = false;
    }

    /// <summary>Reads once more, and returns how much.</summary>
    public int Read(Span<byte> bytes)
    {
        int length = Math.Min(bytes.Length, LeftBytes);
        _bytes.AsSpan(_repeated, length).CopyTo(bytes);
        _repeated += length;
        if (LeftBytes == 0)
        {
            Forget();
        }

        return length;
    }

    /// <summary>It was answered, or must not be read again, or nobody will read it.</summary>
    public void Forget()
    {
        budget.Return(_bytes.Length);
        _bytes = [];
        _length = _repeated = 0;
        IsKeeping = _isRepeating = false;
    }
}
