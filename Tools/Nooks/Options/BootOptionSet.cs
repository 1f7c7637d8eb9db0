using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;

namespace NooksOS.Tool.Options;

/// <summary>The command-line options of every command that boots a machine.</summary>
public sealed class BootOptionSet
{
    private static readonly BootOptions s_defaults = new();

    private readonly Option<string> _isolation = Choice("--isolation", "domain: each extension isolated; direct: no protection", s_defaults.Isolation);
    private readonly Option<string> _protection = Choice("--protection", "the mechanism that isolates", s_defaults.Protection);
    private readonly Option<string> _accelerator = Choice("--accel", "what executes the guest", s_defaults.Accelerator);
    private readonly Option<string> _firmware = Choice("--firmware", "what starts the boot loader", s_defaults.Firmware);
    private readonly Option<string> _nic = Choice("--nic", "the network card", NicModels.Names, s_defaults.Nic);
    private readonly Option<int> _processors = Numbers.Option("--smp", "N", "processors", s_defaults.Processors, 1, 64);
    private readonly Option<int> _memory = Numbers.Option("--memory", "MB", "memory in megabytes", s_defaults.MemoryMegabytes, 32, 65536);
    private readonly Option<int> _timeout;

    private readonly Option<string> _sound = Choice("--sound", "the sound card", SoundModels.Names, SoundModels.None);
    private readonly Option<string?> _soundFile = new("--sound-file")
    {
        Description = "write what the sound card plays to a WAV file",
        HelpName = "FILE.wav",
    };

    private readonly Option<string[]> _disks = new("--disk")
    {
        Description = "a raw disk image to attach, or several (may be repeated)",
        HelpName = "FILE[,FILE]",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = ParseDisks,
    };

    private readonly Option<string> _diskBus = Choice("--disk-bus", "what the disks are attached to", s_defaults.DiskBus);
    private readonly Option<string> _diskCache = Choice(
        "--disk-cache", "how the emulator treats writes to the files: none keeps nothing in the host's memory", s_defaults.DiskCache);

    private readonly Option<bool> _sharedLine = new("--shared-line")
    {
        Description = "network card, sound card and virtio disks assert the same interrupt line",
    };

    private readonly Option<string[]> _images = new("--image")
    {
        Description = "an extension's image for the kernel to load by the name of the file, without .nx (may be repeated)",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = ParseImages,
    };

    private readonly Option<string[]> _files = new("--file")
    {
        Description = "a file for programs of the guest to open by its name (may be repeated)",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<PortForward[]> _forwards = new("--forward")
    {
        Description = "lead a port of 127.0.0.1 to a port of the guest; udp:HOST:GUEST or tcp:HOST:GUEST for one transport (may be repeated)",
        HelpName = "HOST:GUEST",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseForwards,
    };

    private readonly LinkOptionSet _link = new();

    private readonly Option<string> _kernelArguments = new("--kernel-arguments")
    {
        Description = "more words for the kernel's command line",
        HelpName = "WORDS",
        DefaultValueFactory = _ => string.Empty,
    };

    private readonly Option<bool> _countInstructions = new("--count-instructions")
    {
        Description = "virtual time by executed instructions: exact and repeatable",
    };

    /// <summary>Makes the options; a timeout of zero stands for none.</summary>
    public BootOptionSet(int timeoutSeconds)
    {
        _timeout = Numbers.Option("--timeout", "S", "seconds after which the machine counts as hung; 0 for no limit", timeoutSeconds, 0, 86400);
    }

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _isolation, _protection, _nic, _accelerator, _processors, _memory, _sound, _soundFile, _disks, _diskBus, _diskCache, _sharedLine,
            _images, _files, _forwards, _firmware, _kernelArguments, _countInstructions, _timeout,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        _link.AddTo(command, _nic);
    }

    /// <summary>What the user asked for.</summary>
    public BootOptions Read(ParseResult result) => new()
    {
        Isolation = Value<IsolationMode>(result, _isolation),
        Protection = Value<Protection>(result, _protection),
        Nic = result.GetValue(_nic)!,
        Sound = result.GetValue(_sound)!,
        SoundFile = result.GetValue(_soundFile) is { } soundFile ? Path.GetFullPath(soundFile) : null,
        Accelerator = Value<Accelerator>(result, _accelerator),
        Processors = result.GetValue(_processors),
        MemoryMegabytes = result.GetValue(_memory),
        Disks = result.GetValue(_disks) ?? [],
        DiskBus = Value<DiskBus>(result, _diskBus),
        DiskCache = Value<DiskCache>(result, _diskCache),
        SharesInterruptLine = result.GetValue(_sharedLine),
        Images = result.GetValue(_images) ?? [],
        Files = [.. (result.GetValue(_files) ?? []).Select(Path.GetFullPath)],
        Forwards = result.GetValue(_forwards) ?? [],
        Link = _link.ReadQuality(result),
        CaptureFile = _link.ReadCaptureFile(result),
        Firmware = Value<Firmware>(result, _firmware),
        KernelArguments = result.GetValue(_kernelArguments)!,
        CountInstructions = result.GetValue(_countInstructions),
    };

    /// <summary>How long the machine may take.</summary>
    public TimeSpan? ReadTimeout(ParseResult result)
    {
        int seconds = result.GetValue(_timeout);
        return seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Reads an option that <see cref="Choice{T}"/> has made.</summary>
    internal static T Value<T>(ParseResult result, Option<string> option)
        where T : struct, Enum => Enum.Parse<T>(result.GetValue(option)!, ignoreCase: true);

    /// <summary>Makes an option whose values are the names of a type.</summary>
    internal static Option<string> Choice<T>(string name, string description, T byDefault)
        where T : struct, Enum =>
        Choice(name, description, [.. Enum.GetNames<T>().Select(value => value.ToLowerInvariant())], byDefault.ToString().ToLowerInvariant());

    private static Option<string> Choice(string name, string description, IReadOnlyList<string> values, string byDefault)
    {
        Option<string> option = new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            HelpName = string.Join('|', values),
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (values.Contains(text))
                {
                    return text;
                }

                result.AddError($"{name} is one of {string.Join(", ", values)}, not '{text}'");
                return null;
            },
        };
        option.CompletionSources.Add([.. values]);
        return option;
    }

    private static string[] ParseDisks(ArgumentResult result)
    {
        string[] files = [.. result.Tokens.SelectMany(token => token.Value.Split(','))];
        foreach (string file in files.Where(file => !File.Exists(DiskImage.FileOf(file))))
        {
            result.AddError($"--disk: there is no file '{DiskImage.FileOf(file)}'");
        }

        return files;
    }

    private static string[] ParseImages(ArgumentResult result)
    {
        foreach (Token token in result.Tokens)
        {
            if (!File.Exists(token.Value))
            {
                result.AddError($"--image: there is no file '{token.Value}'");
            }
            else if (Path.GetExtension(token.Value) != ".nx")
            {
                result.AddError($"--image takes a file NAME.nx, not '{token.Value}'");
            }
            else if (Path.GetFileNameWithoutExtension(token.Value).Length is 0 or > BootOptions.MaximumImageNameLength)
            {
                result.AddError($"--image: the name of '{token.Value}' is longer than {BootOptions.MaximumImageNameLength} characters");
            }
        }

        return [.. result.Tokens.Select(token => Path.GetFullPath(token.Value))];
    }

    private static PortForward[] ParseForwards(ArgumentResult result)
    {
        List<PortForward> forwards = [];
        foreach (Token token in result.Tokens)
        {
            if (!PortForward.TryParse(token.Value, out PortForward? forward))
            {
                result.AddError($"--forward takes {PortForward.Form}, not '{token.Value}'");
                return [];
            }

            forwards.Add(forward!);
        }

        return [.. forwards];
    }
}
