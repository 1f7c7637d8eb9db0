using System.IO;
using System.Linq;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Machines;

/// <summary>Where Debian keeps the UEFI firmware for virtual machines.</summary>
public static class UefiFirmware
{
    private const string Folder = "/usr/share/OVMF";

    private static readonly (string Code, string Variables)[] s_builds =
    [
        ("OVMF_CODE_4M.fd", "OVMF_VARS_4M.fd"),
        ("OVMF_CODE.fd", "OVMF_VARS.fd"),
    ];

    /// <summary>The firmware's code, and a fresh copy of its variables at <paramref name="variablesFile"/>: each machine writes its own.</summary>
    public static string Prepare(string variablesFile)
    {
        (string code, string variables) = s_builds.FirstOrDefault(build =>
            File.Exists(Path.Combine(Folder, build.Code)) && File.Exists(Path.Combine(Folder, build.Variables)));
        if (code is null)
        {
            throw new HostException($"no UEFI firmware in {Folder}; type: sudo apt-get install ovmf");
        }

        File.Copy(Path.Combine(Folder, variables), variablesFile, overwrite: true);
        return Path.Combine(Folder, code);
    }
}
