using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Text;

namespace NooksOS.Tool.Options;

/// <summary>The command-line options about files of the host that a machine is given: its disks, images of extensions, and files for programs.</summary>
internal sealed class FileOptionSet
{
    private static readonly BootOptions s_defaults = new();

    private readonly Option<string[]> _disks = Several("--disk", "FILE[,FILE]", "a raw disk image to attach, or several (may be repeated)", ParseDisks);

    private readonly Option<string> _diskBus = BootOptionSet.Choice("--disk-bus", "what the disks are attached to", s_defaults.DiskBus);
    private readonly Option<string> _diskCache = BootOptionSet.Choice(
        "--disk-cache", "how the emulator treats writes to the files: none keeps nothing in the host's memory", s_defaults.DiskCache);

    private readonly Option<string[]> _images = Several("--image", "FILE", "an extension's image for the kernel to load by the name of the file, without .nx (may be repeated)", ParseImages);

    private readonly Option<string[]> _files = Several("--file", "FILE", "a file for programs of the guest to open by its name (may be repeated)", ParseFiles);

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _disks, _diskBus, _diskCache, _images, _files })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Adds what the user asked for to a machine.</summary>
    public BootOptions Read(ParseResult result, BootOptions machine) => machine with
    {
        Disks = result.GetValue(_disks) ?? [],
        DiskBus = BootOptionSet.Value<DiskBus>(result, _diskBus),
        DiskCache = BootOptionSet.Value<DiskCache>(result, _diskCache),
        Images = result.GetValue(_images) ?? [],
        Files = result.GetValue(_files) ?? [],
    };

    private static Option<string[]> Several(string name, string form, string description, Func<ArgumentResult, string[]> parse) => new(name)
    {
        Description = description,
        HelpName = form,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = parse,
    };

    private static string[] ParseDisks(ArgumentResult result)
    {
        string[] disks = [.. result.Tokens.SelectMany(token => token.Value.Split(','))];
        if (disks.Select(DiskImage.WhyNotAttached).FirstOrDefault(reason => reason is not null) is { } wrong)
        {
            result.AddError($"--disk: {wrong}");
            return [];
        }

        RefuseTwice(result, "--disk", disks.Select(DiskImage.FileOf).Select(Path.GetFullPath), "is attached twice");
        return [.. disks.Select(DiskImage.WithWholePath)];
    }

    private static string[] ParseImages(ArgumentResult result)
    {
        string[] images = ParseHanded(result, "--image", BootOptions.MostImageNameBytes, BootOptions.MostImageBytes, Path.GetFileNameWithoutExtension);
        if (Array.Find(images, image => Path.GetExtension(image) != ".nx") is { } other)
        {
            result.AddError($"--image takes a file NAME.nx, not '{other}'");
        }

        return images;
    }

    private static string[] ParseFiles(ArgumentResult result)
        => ParseHanded(result, "--file", BootOptions.MostFileNameBytes, BootOptions.MostFileBytes, Path.GetFileName);

    // Files that the emulator hands over: it knows them by their names, for which it has little room.
    private static string[] ParseHanded(ArgumentResult result, string option, int mostNameBytes, long mostBytes, Func<string, string?> nameOf)
    {
        List<string> files = [];
        foreach (string file in result.Tokens.Select(token => token.Value))
        {
            int nameBytes = Encoding.UTF8.GetByteCount(nameOf(file) ?? string.Empty);
            if (NamedFiles.WhyNotRead(file) is { } reason)
            {
                result.AddError($"{option}: {reason}");
                return [];
            }

            if (nameBytes == 0 || nameBytes > mostNameBytes)
            {
                result.AddError($"{option}: the name of '{file}' must have from 1 to {mostNameBytes} bytes");
            }

            if (new FileInfo(file).Length > mostBytes)
            {
                result.AddError($"{option}: '{file}' is larger than {mostBytes >> 20} MB, which is too large to hand over; put it on a disk");
            }

            files.Add(Path.GetFullPath(file));
        }

        RefuseTwice(result, option, files.Select(file => Path.GetFileName(file)), "is the name of two files");
        return [.. files];
    }

    private static void RefuseTwice(ArgumentResult result, string option, IEnumerable<string> names, string what)
    {
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            result.AddError($"{option}: '{twice.Key}' {what}");
        }
    }
}
