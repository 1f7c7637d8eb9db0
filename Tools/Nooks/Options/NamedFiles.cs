using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace NooksOS.Tool.Options;

/// <summary>Looks at the files that a command line names before anything is done with them, and says what is wrong with one.</summary>
public static class NamedFiles
{
    /// <summary>An option for a file that is to be written; its value is the whole path, or null where the option is not given.</summary>
    public static Option<string?> ToWrite(string name, string form, string description) => new(name)
    {
        Description = description,
        HelpName = form,
        CustomParser = result => ParseWritten(result, name),
    };

    /// <summary>Makes an option or an argument refuse a name without a character.</summary>
    public static void RefuseEmpty(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{name} takes a name, not ''");
        }
    }

    /// <summary>Why a file cannot be read; null if it can.</summary>
    public static string? WhyNotRead(string file)
    {
        if (Directory.Exists(file))
        {
            return $"'{file}' is a folder";
        }

        if (!File.Exists(file))
        {
            return $"there is no file '{file}'";
        }

        return WhyNotOpened(file, FileMode.Open, FileAccess.Read) is { } reason ? $"'{file}' cannot be read: {reason}" : null;
    }

    /// <summary>Why a file cannot be written; null if it can. What it holds stays as it is.</summary>
    public static string? WhyNotWritten(string file)
    {
        string path = Path.GetFullPath(file);
        if (!File.Exists(path) && !Directory.Exists(Path.GetDirectoryName(path)))
        {
            return $"there is no folder for '{file}'";
        }

        return WhyNotOpened(path, File.Exists(path) ? FileMode.Open : FileMode.CreateNew, FileAccess.Write) is { } reason
            ? $"'{file}' cannot be written: {reason}"
            : null;
    }

    private static string? ParseWritten(ArgumentResult result, string name)
    {
        string file = result.Tokens[0].Value;
        if (file.Length == 0)
        {
            RefuseEmpty(result, name);
            return null;
        }

        if (Directory.Exists(file))
        {
            result.AddError($"{name} takes a file, and '{file}' is a folder");
        }
        else if (WhyNotWritten(file) is { } reason)
        {
            result.AddError($"{name}: {reason}");
        }

        return Path.GetFullPath(file);
    }

    // What has no length may be a pipe, whose opening would wait for its other end.
    private static string? WhyNotOpened(string file, FileMode mode, FileAccess access)
    {
        if (mode == FileMode.Open && new FileInfo(file).Length == 0)
        {
            return null;
        }

        try
        {
            FileOptions options = mode == FileMode.CreateNew ? FileOptions.DeleteOnClose : FileOptions.None;
            using FileStream opened = new(file, mode, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, options);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "permission denied";
        }
        catch (FileNotFoundException)
        {
            return "its folder takes no files";
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
    }
}
