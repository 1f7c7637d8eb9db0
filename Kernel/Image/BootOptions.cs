using System;
using System.Text;
using NooksOS.Image.Hosting;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Startup;

namespace NooksOS.Image;

/// <summary>
/// What was asked for at boot, from the loader's command line and, with precedence, from the emulator: words of the form
/// <c>name=value</c>.
/// </summary>
internal sealed class BootOptions
{
    private const int MaximumBytes = 4096;

    private BootOptions()
    {
    }

    /// <summary>How extensions are protected.</summary>
    public ProtectionBackEnd BackEnd { get; private set; } = ProtectionBackEnd.Ring3;

    /// <summary>What was not understood, for the log; null if all was.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Reads the options.</summary>
    public static BootOptions Read()
    {
        BootOptions options = new();
        bool isDirect = false;
        string commandLine = Encoding.ASCII.GetString(BootEnvironment.Information.CommandLine);
        byte[]? arguments = FirmwareConfiguration.ReadFile(
            new FirmwareConfigurationPort(), "opt/org.nooks/arguments"u8, MaximumBytes);
        string text = arguments is null ? commandLine : $"{commandLine} {Encoding.ASCII.GetString(arguments)}";
        foreach (string word in text.Split([' ', '\0', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? word : word[..equals];
            string value = equals < 0 ? string.Empty : word[(equals + 1)..];
            switch (name)
            {
                case "isolation" when value is "domain" or "direct":
                    isDirect = value == "direct";
                    break;
                case "protection" when BackEndNames.TryParse(value, out ProtectionBackEnd backEnd) && backEnd != ProtectionBackEnd.Direct:
                    options.BackEnd = backEnd;
                    break;
                default:
                    options.Complaint ??= $"boot option '{word}' is not understood";
                    break;
            }
        }

        if (isDirect)
        {
            options.BackEnd = ProtectionBackEnd.Direct;
        }

        return options;
    }
}
