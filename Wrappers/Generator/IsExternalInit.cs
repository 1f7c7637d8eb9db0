namespace System.Runtime.CompilerServices;

/// <summary>The compiler asks for this type where the framework, being older than records, does not have it.</summary>
internal static class IsExternalInit;
