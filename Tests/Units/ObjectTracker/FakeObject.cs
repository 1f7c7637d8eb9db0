using System;
using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.ObjectTracker;

namespace NooksOS.Tests.Units.ObjectTracker;

/// <summary>A tracked object that writes down what happens to it.</summary>
internal sealed class FakeObject(string name, List<string> events, TrackedKind kind = TrackedKind.Lock, ulong sizeBytes = 0)
    : TrackedObject(kind, sizeBytes)
{
    /// <summary>Its release routine throws this.</summary>
    public Exception? Throws { get; init; }

    /// <summary>Its release routine says that it failed.</summary>
    public bool Fails { get; init; }

    /// <summary>It stays until what it is a part of is given back.</summary>
    public bool Stays { get; init; }

    public override string Description => name;

    protected override bool StaysWithItsWhole => Stays;

    protected override bool Quiesce()
    {
        events.Add($"quiesce {name}");
        return Throws is null ? !Fails : throw Throws;
    }

    protected override bool Release()
    {
        events.Add($"release {name}");
        return Throws is null ? !Fails : throw Throws;
    }
}
