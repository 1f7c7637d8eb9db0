namespace NooksOS.Generator.Model;

/// <summary>A parameter of a method of a contract.</summary>
/// <param name="Name">Its name as written in source.</param>
/// <param name="Value">The value, or the element of the span.</param>
/// <param name="MaximumLength">The bound of the span in elements; zero if it is a value.</param>
/// <param name="IsWritable">Whether the span is copied back.</param>
/// <param name="IsOutput">Whether it is not copied to the callee.</param>
internal sealed record ParameterModel(string Name, ValueModel Value, int MaximumLength, bool IsWritable, bool IsOutput)
{
    internal bool IsSpan => MaximumLength != 0;

    /// <summary>The field of the arguments structure: its own name for a value, a prefix for a span.</summary>
    internal string Field => Naming.Pascal(Name);

    /// <summary>Name of a local variable that belongs to it.</summary>
    internal string Local(string suffix) => Naming.Camel(Naming.Pascal(Name)) + suffix;

    internal string DeclaredType
        => !IsSpan ? Value.Type : IsWritable ? $"Span<{Value.Type}>" : $"ReadOnlySpan<{Value.Type}>";

    /// <summary>Text for the length of the span in bytes, given text for its length in elements.</summary>
    internal string Bytes(string length) => Value.SizeBytes == 1 ? $"(nuint){length}" : $"(nuint){length} * (nuint)sizeof({Value.Type})";
}
