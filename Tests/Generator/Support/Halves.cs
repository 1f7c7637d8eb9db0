using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace NooksOS.Tests.Generator.Support;

/// <summary>
/// Both halves of the wrappers, compiled once from the run-time sources and what the generator makes, and loaded afresh for
/// each test, since their state is static.
/// </summary>
internal static class Halves
{
    private static readonly Lazy<byte[]> s_kernel = new(() => Compile("Kernel"));
    private static readonly Lazy<byte[]> s_extension = new(() => Compile("Extension"));

    /// <summary>A fresh kernel half.</summary>
    public static Assembly LoadKernel() => Load(s_kernel.Value);

    /// <summary>A fresh extension half.</summary>
    public static Assembly LoadExtension() => Load(s_extension.Value);

    private static Assembly Load(byte[] image)
    {
        AssemblyLoadContext context = new("half");
        return context.LoadFromStream(new MemoryStream(image));
    }

    private static byte[] Compile(string side)
    {
        string root = AppContext.BaseDirectory;
        Dictionary<string, string> sources = [];
        foreach (string folder in new[] { Path.Combine(root, "Halves", side), Path.Combine(root, "Harness", side) })
        {
            // What stands in for machine code has the name of the file that it replaces.
            foreach (string path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            {
                sources[Path.GetFileName(path)] = File.ReadAllText(path);
            }
        }

        return GeneratorRun.Of($"NooksOS.Wrappers.{side}", withSamples: true, [.. sources.Values]).Emit();
    }
}
