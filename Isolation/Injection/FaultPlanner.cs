using System;
using System.Collections.Generic;
using NooksOS.Isolation.Loading;

namespace NooksOS.Isolation.Injection;

/// <summary>
/// Chooses faults by seed. Every byte of the scope is equally likely to be hit; from there the next instruction of the function
/// that the type has a meaning for is taken, as the injectors of Rio and MINIX do.
/// </summary>
/// <remarks>Depends on image, scope, types, count and seed only, so that the same faults can be had again.</remarks>
public static class FaultPlanner
{
    private const int HighestAttempts = 2000;

    /// <summary>Plans faults, of each type in turn. Fewer than asked for if the scope has no places for them.</summary>
    /// <param name="file">The pristine file.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="scope">Where faults may be.</param>
    /// <param name="types">Which types, at least one.</param>
    /// <param name="count">How many faults.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<TextFault> Plan(
        ReadOnlySpan<byte> file, LoadedImageLayout layout, InjectionScope scope, IReadOnlyList<FaultType> types, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(types);
        List<TextFault> faults = [];
        if (scope.LengthBytes == 0)
        {
            return faults;
        }

        ReadOnlySpan<byte> text = LoadedImageLayout.Contents(file, layout.Text);
        SeededRandom random = new(seed);
        for (int number = 0; number < count; number++)
        {
            FaultType type = types[number % types.Count];
            for (int attempt = 0; attempt < HighestAttempts; attempt++)
            {
                if (TryPlanOne(text, layout.Text.ImageOffset, scope, type, random) is { } fault
                    && !faults.Exists(fault.Overlaps))
                {
                    faults.Add(fault);
                    break;
                }
            }
        }

        return faults;
    }

    private static TextFault? TryPlanOne(
        ReadOnlySpan<byte> text, uint textStart, InjectionScope scope, FaultType type, SeededRandom random)
    {
        CodeRange function = scope.Locate(random.Below(scope.LengthBytes), out uint place);
        FunctionCode code = FunctionCode.Decode(text[(int)(function.Start - textStart)..(int)(function.End - textStart)], function);
        for (int index = code.IndexOf(place); index < code.Instructions.Count; index++)
        {
            uint offset = (uint)code.Instructions[index].IP;
            byte[] original = text.Slice((int)(offset - textStart), code.Instructions[index].Length).ToArray();
            byte[] changed = (byte[])original.Clone();
            if (InstructionMutation.TryApply(type, code, index, random, changed) && !original.AsSpan().SequenceEqual(changed))
            {
                return new TextFault(type, offset, original, changed);
            }
        }

        return null;
    }
}
