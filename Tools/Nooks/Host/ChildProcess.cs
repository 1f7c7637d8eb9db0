using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace NooksOS.Tool.Host;

/// <summary>Runs other programs of the host.</summary>
public static class ChildProcess
{
    /// <summary>
    /// For the environment of .NET programs that run for a minute: they never win back what the measuring of their hot paths costs.
    /// </summary>
    public const string WithoutProfiling = "DOTNET_TieredPGO=0";

    // Programs that a build leaves running in the background hold its pipes open: do not wait for their ends.
    private static readonly TimeSpan s_outputAfterExit = TimeSpan.FromSeconds(1);

    /// <summary>Runs a program to its end and keeps what it prints; <paramref name="onLine"/> sees each line of its output at once.</summary>
    public static async Task<ProcessResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        Action<string>? onLine = null,
        CancellationToken cancellation = default)
    {
        using Process process = Start(program, arguments, folder, capture: true);
        process.StandardInput.Close();
        LineCollector output = new();
        LineCollector errors = new();
        Task reading = Task.WhenAll(output.ReadAsync(process.StandardOutput, onLine), errors.ReadAsync(process.StandardError, onLine: null));
        await EndAsync(process, cancellation);
        await Task.WhenAny(reading, Task.Delay(s_outputAfterExit, CancellationToken.None));
        return new ProcessResult(process.ExitCode, output.Text, errors.Text);
    }

    /// <summary>Runs a program on this terminal to its end.</summary>
    public static async Task<int> RunOnTerminalAsync(
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellation = default)
    {
        return await WaitAsync(Start(program, arguments, folder: null, capture: false), cancellation);
    }

    /// <summary>Waits for the end of a process that nobody else needs any more; returns its status.</summary>
    internal static async Task<int> WaitAsync(Process started, CancellationToken cancellation)
    {
        using Process process = started;
        await EndAsync(process, cancellation);
        return process.ExitCode;
    }

    /// <summary>Starts a program; with <paramref name="capture"/> its three streams are pipes, with <paramref name="captureErrors"/> standard error is.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string? folder, bool capture, bool captureErrors = false)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = capture,
            RedirectStandardOutput = capture,
            RedirectStandardError = capture || captureErrors,
            WorkingDirectory = folder ?? string.Empty,
        };
        try
        {
            return Process.Start(start) ?? throw new HostException($"{program} could not be started");
        }
        catch (Win32Exception failure)
        {
            throw new HostException($"{program} could not be started: {failure.Message}", failure);
        }
    }

    /// <summary>Waits for the end of a process, and ends it when the waiting is cancelled.</summary>
    private static async Task EndAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }
}
