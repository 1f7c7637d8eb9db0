using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NooksOS.Tools.Symbols;

/// <summary>Makes the symbol file of an image from the linked file.</summary>
public static class SymbolFile
{
    /// <summary>Reads the unstripped file and writes the symbol file.</summary>
    /// <exception cref="InvalidDataException">The linked file is not what the linker writes.</exception>
    public static void Create(string elfPath, string outputPath)
    {
        byte[] symbols = Create(File.ReadAllBytes(elfPath), elfPath);
        File.WriteAllBytes(outputPath, symbols);
    }

    internal static byte[] Create(byte[] elf, string elfPath)
    {
        ElfFile file = new(elf, elfPath);
        List<FunctionSymbol> functions = Functions(file);
        List<(uint Address, string File, uint Line)> rows = Rows(file, functions, SourceRoot(elfPath));
        return new SymbolFileWriter().Write(file.LinkBase, functions, rows);
    }

    private static List<FunctionSymbol> Functions(ElfFile file)
    {
        List<ElfSymbol> symbols =
        [
            .. file.CodeSymbols()
                .Where(symbol => symbol.IsFunction || !IsLocalLabel(symbol.Name))
                .Where(symbol => symbol.Address >= file.LinkBase && symbol.Address - file.LinkBase < uint.MaxValue)
                .GroupBy(symbol => symbol.Address)
                .Select(Best)
                .OrderBy(symbol => symbol.Address),
        ];
        List<FunctionSymbol> functions = [];
        for (int index = 0; index < symbols.Count; index++)
        {
            ElfSymbol symbol = symbols[index];
            ulong limit = file.CodeSectionAt(symbol.Address)?.End ?? symbol.Address;
            limit = index + 1 < symbols.Count ? Math.Min(limit, symbols[index + 1].Address) : limit;
            ulong end = symbol.LengthBytes == 0 ? limit : Math.Min(limit, symbol.Address + symbol.LengthBytes);
            if (end > symbol.Address)
            {
                functions.Add(new FunctionSymbol(
                    (uint)(symbol.Address - file.LinkBase), (uint)(end - symbol.Address), ManagedName.Parse(symbol.Name)));
            }
        }

        return functions;
    }

    /// <summary>The assembler writes labels inside a function as "function.label".</summary>
    private static bool IsLocalLabel(string name) => name.Contains('.', StringComparison.Ordinal);

    /// <summary>
    /// Of several names for one place (exports, equal bodies folded into one, marks of the linker script), the one that says most: a
    /// managed one of our own, then another managed one, then a function, then a label that marks no range.
    /// </summary>
    private static ElfSymbol Best(IEnumerable<ElfSymbol> names) => names
        .OrderByDescending(symbol => symbol.Name.StartsWith("NooksOS_", StringComparison.Ordinal))
        .ThenByDescending(symbol => symbol.Name.Contains("__", StringComparison.Ordinal))
        .ThenByDescending(symbol => symbol.IsFunction)
        .ThenBy(symbol => symbol.Name.EndsWith("_start", StringComparison.Ordinal) || symbol.Name.EndsWith("_end", StringComparison.Ordinal))
        .ThenBy(symbol => symbol.Name.Length)
        .ThenBy(symbol => symbol.Name, StringComparer.Ordinal)
        .First();

    private static List<(uint Address, string File, uint Line)> Rows(ElfFile file, List<FunctionSymbol> functions, string sourceRoot)
    {
        HashSet<uint> functionStarts = [.. functions.Select(function => function.Address)];
        Dictionary<string, string> shortNames = new(StringComparer.Ordinal);
        List<(uint Address, string File, uint Line)> rows = [];
        IEnumerable<LineRow> ordered = LineProgram.ReadAll(file.Contents(".debug_line"))
            .Where(row => row.Address >= file.LinkBase && row.Address - file.LinkBase < uint.MaxValue)
            .OrderBy(row => row.Address)
            .ThenBy(row => row.Line != 0);
        foreach (LineRow row in ordered)
        {
            if (!shortNames.TryGetValue(row.File, out string? name))
            {
                name = ShortName(row.File, sourceRoot);
                shortNames.Add(row.File, name);
            }

            uint address = (uint)(row.Address - file.LinkBase);
            if (rows.Count != 0 && rows[^1].Address == address)
            {
                rows.RemoveAt(rows.Count - 1);
            }

            bool says = rows.Count == 0 || rows[^1].File != name || rows[^1].Line != row.Line || functionStarts.Contains(address);
            if (says)
            {
                rows.Add((address, name, row.Line));
            }
        }

        return rows;
    }

    /// <summary>The tree that the file was built in, so that names in it can be given without the machine's path.</summary>
    private static string SourceRoot(string elfPath)
    {
        DirectoryInfo? folder = Directory.GetParent(Path.GetFullPath(elfPath));
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "global.json")))
        {
            folder = folder.Parent;
        }

        return folder is null ? string.Empty : folder.FullName.Replace('\\', '/') + "/";
    }

    private static string ShortName(string path, string sourceRoot)
    {
        // How the framework's files are named in its own build. Their folders would fill a quarter of the file.
        const string FrameworkRoot = "/_/";
        const string GeneratedEnding = ".g.cs";
        if (path.StartsWith(FrameworkRoot, StringComparison.Ordinal) || path.EndsWith(GeneratedEnding, StringComparison.Ordinal))
        {
            return Path.GetFileName(path);
        }

        bool isOurs = sourceRoot.Length != 0 && path.StartsWith(sourceRoot, StringComparison.Ordinal);
        return isOurs ? path[sourceRoot.Length..] : path;
    }
}
