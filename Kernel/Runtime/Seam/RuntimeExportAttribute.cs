namespace System.Runtime;

/// <summary>
/// Makes a static method visible to the linker under a name, with the managed calling convention. The compiler matches the
/// attribute by its name.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RuntimeExportAttribute(string entryPoint) : Attribute
{
    /// <summary>The symbol.</summary>
    public string EntryPoint { get; } = entryPoint;
}
