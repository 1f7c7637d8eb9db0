namespace System.Runtime;

/// <summary>The method is a symbol that something else in the image defines. Known to the compiler by name.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
internal sealed class RuntimeImportAttribute(string dllName, string entryPoint) : Attribute
{
    /// <summary>"*": wherever it is linked from.</summary>
    public string DllName { get; } = dllName;

    /// <summary>The symbol.</summary>
    public string EntryPoint { get; } = entryPoint;
}
