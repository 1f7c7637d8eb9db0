namespace NooksOS.Generator.Emission;

/// <summary>The entry point of an image.</summary>
internal static class EntryEmitter
{
    internal static string Emit(string extensionClass)
    {
        SourceWriter writer = new(["System.Runtime.InteropServices"]);
        writer.Summary("Where the image starts, once its runtime is up.");
        writer.Open("internal static class ExtensionEntry");
        writer.Line("[UnmanagedCallersOnly(EntryPoint = \"ExtensionMain\")]");
        writer.Line($"internal static ulong Start() => ExtensionHost.Run(static () => new {extensionClass}());");
        writer.Close();
        return writer.ToString();
    }
}
