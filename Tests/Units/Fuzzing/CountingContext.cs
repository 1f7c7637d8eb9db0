using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace NooksOS.Tests.Units.Fuzzing;

/// <summary>Loads a counting copy of an assembly, and beside it a copy of the tests that works on it.</summary>
internal sealed class CountingContext : AssemblyLoadContext
{
    private readonly AssemblyName _counted;
    private readonly Assembly _copy;

    /// <param name="counted">The assembly to count in.</param>
    public CountingContext(Assembly counted)
    {
        _counted = counted.GetName();
        byte[] instrumented = CoverageMap.Instrument(counted.Location, out CoverageMap map);
        _copy = LoadFromStream(new MemoryStream(instrumented));
        Hits = map.Attach(_copy);
    }

    /// <summary>How often each block was entered.</summary>
    public byte[] Hits { get; }

    /// <summary>A static method of the tests, bound to the copies.</summary>
    public T Bind<T>(string typeName, string methodName)
        where T : Delegate
    {
        Assembly tests = LoadFromAssemblyPath(typeof(CountingContext).Assembly.Location);
        return tests.GetType(typeName, throwOnError: true)!
            .GetMethod(methodName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<T>();
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
        => AssemblyName.ReferenceMatchesDefinition(assemblyName, _counted) ? _copy : null;
}
