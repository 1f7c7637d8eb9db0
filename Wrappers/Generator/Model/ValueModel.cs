namespace NooksOS.Generator.Model;

/// <summary>A value that crosses.</summary>
/// <param name="Type">Its type as written in source.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="Alignment">Its alignment.</param>
/// <param name="Values">What it may be, as written in source, if it is an enumeration; else empty.</param>
/// <param name="IsFlags">Whether those combine.</param>
internal sealed record ValueModel(string Type, int SizeBytes, int Alignment, EquatableArray<string> Values, bool IsFlags)
{
    internal bool IsBoolean => Type == "bool";

    /// <summary>Type of the field that carries it. A truth value from the other side may be any byte, so it travels as one.</summary>
    internal string FieldType => IsBoolean ? "byte" : Type;

    /// <summary>Text that turns a value of the field into one of the type.</summary>
    internal string FromField(string field) => IsBoolean ? $"{field} != 0" : field;

    /// <summary>Text that turns a value of the type into one for the field.</summary>
    internal string ToField(string value) => IsBoolean ? $"(byte)({value} ? 1 : 0)" : value;
}
