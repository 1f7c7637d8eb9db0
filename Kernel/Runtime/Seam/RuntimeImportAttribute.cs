namespace System.Runtime;

/// <summary>
/// Binds an extern method to a linker symbol, called directly with the managed calling convention. The compiler matches the
/// attribute by its name.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class RuntimeImportAttribute(string dllName, string entryPoint) : Attribute
{
    /// <summary>Always an asterisk: the image itself.</summary>
    public string DllName { get; } = dllName;

    /// <summary>The symbol.</summary>
    public string EntryPoint { get; } = entryPoint;
}
