using System;
using System.Collections.Generic;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Kernel.Shell;

namespace NooksOS.Recovery.Commands;

/// <summary>The words for the ways in which an extension can be made to misbehave.</summary>
public static class CrashKinds
{
    private static readonly (string Word, MisbehaviorKind Kind)[] s_kinds =
    [
        ("wild-write", MisbehaviorKind.WildWrite),
        ("wild-read", MisbehaviorKind.WildRead),
        ("null", MisbehaviorKind.Null),
        ("divide", MisbehaviorKind.Divide),
        ("bad-opcode", MisbehaviorKind.BadOpcode),
        ("bad-jump", MisbehaviorKind.BadJump),
        ("stack-overflow", MisbehaviorKind.StackOverflow),
        ("loop", MisbehaviorKind.Loop),
        ("deadlock", MisbehaviorKind.Deadlock),
        ("exception", MisbehaviorKind.Exception),
        ("bad-handle", MisbehaviorKind.BadHandle),
        ("bad-parameter", MisbehaviorKind.BadParameter),
        ("heap-corruption", MisbehaviorKind.HeapCorruption),
        ("leak", MisbehaviorKind.Leak),
        ("silent", MisbehaviorKind.Silent),
        ("privileged", MisbehaviorKind.Privileged),
        ("interrupt-storm", MisbehaviorKind.InterruptStorm),
        ("wild-dma", MisbehaviorKind.WildDma),
    ];

    /// <summary>All words.</summary>
    public static IEnumerable<string> All => s_kinds.Select(entry => entry.Word);

    /// <summary>Finds the kind that a word means.</summary>
    public static MisbehaviorKind? Find(string word)
    {
        int index = Array.FindIndex(s_kinds, entry => entry.Word == word);
        return index < 0 ? null : s_kinds[index].Kind;
    }

    /// <summary>Says that a word means none.</summary>
    public static UsageException Unknown(string word)
        => new(Suggestion.FindNearest(word, All) is { } nearest
            ? $"there is no kind '{word}'; did you mean '{nearest}'?"
            : $"there is no kind '{word}'; there are: {string.Join(' ', All)}");

    /// <summary>The words as a JSON array.</summary>
    public static string ToJson()
    {
        JsonWriter json = new();
        json.BeginArray();
        foreach (string word in All)
        {
            json.Value(word);
        }

        return json.EndArray() + "\n";
    }
}
