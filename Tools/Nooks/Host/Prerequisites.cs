using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Host;

/// <summary>Makes sure that the programs the tool calls are installed.</summary>
public sealed class Prerequisites
{
    private const string AptGet = "/usr/bin/apt-get";
    private const string Env = "/usr/bin/env";

    private readonly Progress _progress;

    /// <summary>Reports to <paramref name="progress"/>.</summary>
    public Prerequisites(Progress progress)
    {
        _progress = progress;
    }

    /// <summary>Installs what building and booting take and is missing, or says in one line what the user must type.</summary>
    public Task EnsureAsync(CancellationToken cancellation) => EnsureAsync(DebianPackage.Needed, cancellation);

    /// <summary>The same for packages that only a few need.</summary>
    public async Task EnsureAsync(IReadOnlyList<DebianPackage> packages, CancellationToken cancellation)
    {
        string[] missing = Missing(packages);
        if (missing.Length == 0)
        {
            return;
        }

        string list = string.Join(' ', missing);
        string[]? prefix = await InstallerPrefixAsync(cancellation);
        if (prefix is null)
        {
            throw new HostException($"missing Debian packages; type: sudo apt-get install {list}");
        }

        Progress.Say($"Missing Debian packages: {list}");
        await _progress.DuringAsync("Installing them", async report =>
        {
            string[] install = [.. prefix, Env, "DEBIAN_FRONTEND=noninteractive", AptGet, "install", "--yes", "--no-install-recommends", .. missing];
            ProcessResult result = await RunAsync(install, report, cancellation);
            if (result.ExitStatus != 0)
            {
                // A machine whose package lists were never fetched, or are old, knows the packages only after an update.
                await RunAsync([.. prefix, Env, "DEBIAN_FRONTEND=noninteractive", AptGet, "update"], report, cancellation);
                result = await RunAsync(install, report, cancellation);
            }

            if (result.ExitStatus != 0 || Missing(packages).Length != 0)
            {
                string reason = result.Errors.Split('\n').FirstOrDefault(line => line.StartsWith("E:", StringComparison.Ordinal)) ?? "apt-get failed";
                throw new HostException($"could not install {list}: {reason}");
            }

            return true;
        });
    }

    private static string[] Missing(IReadOnlyList<DebianPackage> packages) =>
        [.. packages.Where(package => !package.IsPresent()).Select(package => package.Name)];

    private static Task<ProcessResult> RunAsync(string[] command, Action<string> report, CancellationToken cancellation) =>
        ChildProcess.RunAsync(Env, command, onLine: report, cancellation: cancellation);

    private static async Task<string[]?> InstallerPrefixAsync(CancellationToken cancellation)
    {
        if (!File.Exists(AptGet))
        {
            return null;
        }

        if (Environment.IsPrivilegedProcess)
        {
            return [];
        }

        const string Sudo = "/usr/bin/sudo";
        if (!File.Exists(Sudo))
        {
            return null;
        }

        ProcessResult probe = await ChildProcess.RunAsync(Sudo, ["-n", "true"], cancellation: cancellation);
        return probe.ExitStatus == 0 ? [Sudo, "-n"] : null;
    }
}
