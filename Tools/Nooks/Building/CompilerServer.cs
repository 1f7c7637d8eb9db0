using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace NooksOS.Tool.Building;

/// <summary>
/// One process of the C# compiler for all projects of a build, which then starts and warms up once and not for each of them. No
/// other build uses it, whatever the environment says of shared compilers, and it ends with the build.
/// </summary>
public sealed class CompilerServer : IDisposable
{
    private readonly string _pipeName = $"nooks-{Guid.NewGuid():N}";

    /// <summary>What a build is told to use it.</summary>
    public IReadOnlyList<string> Arguments => ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={_pipeName}"];

    /// <summary>Ends the process if the build started it.</summary>
    public void Dispose()
    {
        foreach (Process process in Process.GetProcesses())
        {
            using (process)
            {
                if (IsServer(process.Id))
                {
                    process.Kill();
                }
            }
        }
    }

    private bool IsServer(int processId)
    {
        try
        {
            string commandLine = File.ReadAllText($"/proc/{processId}/cmdline");
            return commandLine.Contains($"-pipename:{_pipeName}", StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return false;
        }
    }
}
