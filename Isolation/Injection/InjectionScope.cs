using System;
using System.Collections.Generic;
using NooksOS.Isolation.Loading;
using NooksOS.Isolation.Verification;

namespace NooksOS.Isolation.Injection;

/// <summary>The functions of an image that faults may be put into.</summary>
public sealed class InjectionScope
{
    private readonly List<CodeRange> _functions = [];
    private readonly List<int> _starts = [];

    private InjectionScope()
    {
    }

    /// <summary>The functions, in ascending order.</summary>
    public IReadOnlyList<CodeRange> Functions => _functions;

    /// <summary>Length of all of them together.</summary>
    public int LengthBytes { get; private set; }

    /// <summary>Collects functions of a verified image.</summary>
    /// <param name="file">The pristine file.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="isWanted">Whether a function belongs to the scope.</param>
    public static InjectionScope Collect(ReadOnlySpan<byte> file, LoadedImageLayout layout, Predicate<CodeRange> isWanted)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(isWanted);
        InjectionScope scope = new();
        FunctionTable table = default;
        if (FunctionTable.Read(file, layout, ref table) is not null)
        {
            return scope;
        }

        for (int index = 0; index < table.Count; index++)
        {
            if (table.TryGet(index, out CodeRange function) && isWanted(function))
            {
                scope._functions.Add(function);
                scope._starts.Add(scope.LengthBytes);
                scope.LengthBytes += (int)function.LengthBytes;
            }
        }

        return scope;
    }

    /// <summary>The function and offset of the image that a byte of the scope stands for.</summary>
    public CodeRange Locate(int scopeOffset, out uint imageOffset)
    {
        int index = _starts.BinarySearch(scopeOffset);
        index = index < 0 ? ~index - 1 : index;
        CodeRange function = _functions[index];
        imageOffset = function.Start + (uint)(scopeOffset - _starts[index]);
        return function;
    }
}
