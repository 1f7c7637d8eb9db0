namespace NooksOS.Generator.Model;

/// <summary>How names are made from names.</summary>
internal static class Naming
{
    internal static string WithoutPrefix(string interfaceName)
        => interfaceName.Length > 1 && interfaceName[0] == 'I' && char.IsUpper(interfaceName[1])
            ? interfaceName.Substring(1)
            : interfaceName;

    internal static string Pascal(string name)
    {
        string bare = name.TrimStart('@');
        return char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
