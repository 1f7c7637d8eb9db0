using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace NooksOS.Tests.Units.Architecture;

public sealed class Layers
{
    // Lowest first. A project may reference anything below it, its own layer included, and nothing above it.
    private static readonly string[][] s_layers =
    [
        ["Runtime", "Contracts", "Generator", "Recovery.Policy", "Wrappers.Files", "Wrappers.Programs", "Wrappers.Sockets"],
        ["Kernel", "Drivers.Common", "Drivers.Intel8254x", "Drivers.Sound", "Drivers.Storage", "Drivers.Virtio"],
        ["ObjectTracker"],
        ["Isolation"],
        ["Wrappers.Kernel"],
        ["Recovery.Manager", "Recovery.Shadows", "Recovery.Commands", "Storage"],
        ["Image"],
    ];

    // What an extension may see besides the pure policy, sockets and what drivers share: the build adds the rest of what it is linked with.
    private static readonly string[] s_extensionReferences = ["Contracts", "Drivers.Common", "Drivers.Intel8254x", "Drivers.Sound", "Drivers.Storage", "Drivers.Virtio", "Recovery.Policy", "Wrappers.Files", "Wrappers.Programs", "Wrappers.Sockets"];

    public static TheoryData<string> Projects()
        => new(SourceTree.Files("*.csproj", "Kernel", "Isolation", "ObjectTracker", "Wrappers", "Recovery", "Storage", "Drivers", "Extensions", "Programs")
            .Select(file => Path.GetRelativePath(SourceTree.Root, file)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void AProjectReferencesNothingAboveIt(string path)
    {
        XDocument project = XDocument.Load(Path.Combine(SourceTree.Root, path));
        string name = Path.GetFileNameWithoutExtension(path);
        string? kind = project.Descendants("NooksImageKind").FirstOrDefault()?.Value;
        string[] references = [.. References(project)];
        if (kind is "Extension" or "Process")
        {
            Assert.All(references, reference => Assert.Contains(reference, s_extensionReferences));
            return;
        }

        int own = LayerOf(name);
        Assert.All(references, reference => Assert.True(LayerOf(reference) <= own, $"{name} -> {reference}"));
    }

    private static IEnumerable<string> References(XDocument project)
        => project.Descendants("ProjectReference")

            // These are only built along, for the ISO.
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static int LayerOf(string name)
    {
        // The extension half is linked into images, above nothing but the contracts.
        if (name == "Wrappers.Extension")
        {
            return 0;
        }

        int layer = Array.FindIndex(s_layers, names => names.Contains(name));
        Assert.True(layer >= 0, $"{name} is in no layer; add it to the list");
        return layer;
    }
}
