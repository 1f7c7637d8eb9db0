using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Options;

/// <summary>The command-line options of every command that boots a machine.</summary>
public sealed class BootOptionSet
{
    // With 64 it finds no room for the boot loader and the images.
    private const int LeastMegabytesOfUefi = 96;

    private static readonly BootOptions s_defaults = new();

    private readonly Option<string> _isolation = Choice("--isolation", "domain: each extension isolated; direct: no protection", s_defaults.Isolation);
    private readonly Option<string> _protection = Choice("--protection", "the mechanism that isolates", s_defaults.Protection);
    private readonly Option<string> _accelerator = Choice("--accel", "what executes the guest", s_defaults.Accelerator);
    private readonly Option<string> _firmware = Choice("--firmware", "what starts the boot loader", s_defaults.Firmware);
    private readonly Option<string> _iommu;
    private readonly Option<string> _nic = Choice("--nic", "the network card", NicModels.Names, s_defaults.Nic);
    private readonly Option<int> _processors = Numbers.Option("--smp", "N", "processors", s_defaults.Processors, 1, 64);
    private readonly Option<int> _memory = Numbers.Option("--memory", "MB", "memory in megabytes", s_defaults.MemoryMegabytes, 32, 65536);
    private readonly Option<int> _timeout;

    private readonly Option<string> _sound;
    private readonly Option<string?> _soundFile = NamedFiles.ToWrite("--sound-file", "FILE.wav", "write what the sound card plays to a WAV file");

    private readonly Option<bool> _sharedLine = new("--shared-line")
    {
        Description = "network card, sound card and virtio disks assert the same interrupt line",
    };

    private readonly Option<PortForward[]> _forwards = new("--forward")
    {
        Description = "lead a port of 127.0.0.1 to a port of the guest; udp:HOST:GUEST or tcp:HOST:GUEST for one transport (may be repeated)",
        HelpName = "HOST:GUEST",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = ParseForwards,
    };

    private readonly FileOptionSet _files = new();
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
    /// <param name="timeoutSeconds">How long the machine may take, by default.</param>
    /// <param name="sound">The sound card, by default.</param>
    /// <param name="iommu">Whether the machine has an IOMMU, by default.</param>
    public BootOptionSet(int timeoutSeconds, string sound = SoundModels.None, Iommu iommu = Iommu.On)
    {
        _iommu = Iommus(iommu);
        _sound = Choice("--sound", "the sound card", SoundModels.Names, sound);
        _timeout = Numbers.Option("--timeout", "S", "seconds after which the machine counts as hung; 0 for no limit", timeoutSeconds, 0, 86400);
    }

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _isolation, _protection, _iommu, _nic, _accelerator, _processors, _memory, _sound, _soundFile, _sharedLine, _forwards, _firmware, _kernelArguments, _countInstructions, _timeout,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        _files.AddTo(command);
        _link.AddTo(command);
    }

    /// <summary>What the user asked for.</summary>
    /// <exception cref="HostException">One option contradicts another.</exception>
    public BootOptions Read(ParseResult result)
    {
        BootOptions options = ReadEach(result);
        return Contradiction(result, options) is { } contradiction ? throw new HostException(contradiction) : options;
    }

    private BootOptions ReadEach(ParseResult result) => _files.Read(result, new BootOptions
    {
        Isolation = Value<IsolationMode>(result, _isolation),
        Protection = Value<Protection>(result, _protection),
        Iommu = Value<Iommu>(result, _iommu),
        Nic = result.GetValue(_nic)!,
        Sound = result.GetValue(_sound)!,
        SoundFile = result.GetValue(_soundFile),
        Accelerator = Value<Accelerator>(result, _accelerator),
        Processors = result.GetValue(_processors),
        MemoryMegabytes = result.GetValue(_memory),
        SharesInterruptLine = result.GetValue(_sharedLine),
        Forwards = result.GetValue(_forwards) ?? [],
        Link = _link.ReadQuality(result),
        CaptureFile = _link.ReadCaptureFile(result),
        Firmware = Value<Firmware>(result, _firmware),
        KernelArguments = result.GetValue(_kernelArguments)!,
        CountInstructions = result.GetValue(_countInstructions),
    });

    /// <summary>How long the machine may take.</summary>
    public TimeSpan? ReadTimeout(ParseResult result)
    {
        int seconds = result.GetValue(_timeout);
        return seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
    }

    /// <summary>Makes the option that gives machines an IOMMU, or takes it away.</summary>
    internal static Option<string> Iommus(Iommu byDefault)
        => Choice("--iommu", "on: an IOMMU keeps the devices of isolated drivers from memory that is not theirs; off: the machine has none", byDefault);

    /// <summary>Reads an option that <see cref="Choice{T}"/> has made.</summary>
    internal static T Value<T>(ParseResult result, Option<string> option)
        where T : struct, Enum => Enum.Parse<T>(result.GetValue(option)!, ignoreCase: true);

    /// <summary>Makes an option whose values are the names of a type.</summary>
    internal static Option<string> Choice<T>(string name, string description, T byDefault)
        where T : struct, Enum =>
        Choice(name, description, [.. Enum.GetNames<T>().Select(value => value.ToLowerInvariant())], byDefault.ToString().ToLowerInvariant());

    /// <summary>Makes an option that takes one of a few words; without a usual one it may be left away.</summary>
    internal static Option<string> Choice(string name, string description, IReadOnlyList<string> values, string? byDefault)
    {
        Option<string> option = new(name)
        {
            Description = description,
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
        if (byDefault is not null)
        {
            option.DefaultValueFactory = _ => byDefault;
        }

        return option;
    }

    // What an option asks of a device that another one leaves out would be forgotten without a word.
    private string? Contradiction(ParseResult result, BootOptions options)
    {
        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
        if (options.Nic == NicModels.None && _link.All.Append(_forwards).FirstOrDefault(IsGiven) is { } link)
        {
            return $"{link.Name} needs a network card, and --nic {NicModels.None} leaves the machine without one";
        }

        if (options.Sound == SoundModels.None && options.SoundFile is not null)
        {
            return $"{_soundFile.Name} needs a sound card: --sound {string.Join(" or ", SoundModels.Names.Except([SoundModels.None]))}";
        }

        if (options.Accelerator == Accelerator.Kvm && options.CountInstructions)
        {
            return $"{_countInstructions.Name} is something that only the emulator does: leave {_accelerator.Name} away";
        }

        if (options.Firmware == Firmware.Uefi && options.MemoryMegabytes < LeastMegabytesOfUefi)
        {
            return $"{_firmware.Name} uefi needs {_memory.Name} {LeastMegabytesOfUefi} at least";
        }

        int mostDisks = DiskImage.MostOn(options.DiskBus);
        return options.Disks.Count > mostDisks
            ? string.Create(CultureInfo.InvariantCulture, $"--disk: the machine has room for {mostDisks} disks there, not for {options.Disks.Count}")
            : null;
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

        if (PortForward.FirstOverlap(forwards) is { } port)
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"--forward: port {port} of the host can lead to one port of the guest"));
        }

        return [.. forwards];
    }
}
