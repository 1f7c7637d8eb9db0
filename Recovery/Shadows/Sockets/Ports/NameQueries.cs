using System;
using System.Collections.Generic;
using NooksOS.Contracts;

namespace NooksOS.Recovery.Shadows;

/// <summary>Names that are being looked up. A query outlives the instance that was asked. The shadow guards it.</summary>
internal sealed class NameQueries(int maximumQueries)
{
    private readonly Dictionary<uint, NameQuery> _queries = [];
    private uint _lastId;
    private bool _hasUntold;

    /// <summary>Begins a query. Null if there are too many.</summary>
    public NameQuery? TryBegin(ReadOnlySpan<byte> name)
    {
        if (_queries.Count >= maximumQueries)
        {
            return null;
        }

        NameQuery query = new(++_lastId, name.ToArray());
        _queries.Add(query.Id, query);
        _hasUntold = true;
        return query;
    }

    /// <summary>Nobody waits for the answer any more.</summary>
    public void End(NameQuery query) => _queries.Remove(query.Id);

    /// <summary>Takes the answer. One that nobody waits for is of no use.</summary>
    public void Answer(uint id, uint address, CallStatus outcome)
    {
        if (_queries.TryGetValue(id, out NameQuery? query))
        {
            query.Address = address;
            query.Outcome = outcome;
            query.Waiters.WakeAll();
        }
    }

    /// <summary>Takes a query of which the stack was not told yet.</summary>
    public NameQuery? TakeUntold()
    {
        if (_hasUntold)
        {
            foreach (NameQuery query in _queries.Values)
            {
                if (!query.IsTold)
                {
                    query.IsTold = true;
                    return query;
                }
            }
        }

        _hasUntold = false;
        return null;
    }

    /// <summary>A fresh instance of the stack knows of no query.</summary>
    public void TellAll()
    {
        foreach (NameQuery query in _queries.Values)
        {
            query.IsTold = false;
        }

        _hasUntold = true;
    }
}
