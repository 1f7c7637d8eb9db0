using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using NooksOS.Tool.Host;

namespace NooksOS.Tool.Machines;

/// <summary>Finds out how a machine has ended, and ends one that hangs.</summary>
internal sealed class MachineEnding
{
    private static readonly TimeSpan s_afterExit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly LineCollector _errors = new(EmulatorMessages.Matters);
    private readonly Lock _ends = new();
    private readonly Process _emulator;
    private readonly string _consoleFile;
    private readonly Task _readingErrors;
    private Task<MachineEnd>? _ending;

    /// <param name="emulator">QEMU. What it writes is read here; it is the caller's otherwise.</param>
    /// <param name="consoleFile">Where QEMU writes what the kernel writes to its console.</param>
    public MachineEnding(Process emulator, string consoleFile)
    {
        _emulator = emulator;
        _consoleFile = consoleFile;
        emulator.StandardInput.Close();
        _readingErrors = Task.WhenAll(
            _errors.ReadAsync(emulator.StandardError, onLine: null),
            _errors.ReadAsync(emulator.StandardOutput, onLine: null));
    }

    /// <summary>How it ended; null while nobody has found out.</summary>
    public MachineEnd? End { get; private set; }

    /// <summary>The connection to QEMU's monitor, once there is one.</summary>
    public MonitorClient? Monitor { get; set; }

    /// <summary>What the kernel has written to its console so far.</summary>
    public string ConsoleLog
    {
        get
        {
            if (!File.Exists(_consoleFile))
            {
                return string.Empty;
            }

            using StreamReader reader = new(_consoleFile, new FileStreamOptions { Share = FileShare.ReadWrite });
            return reader.ReadToEnd();
        }
    }

    /// <summary>Waits until QEMU has gone and what it wrote was read.</summary>
    public async Task WaitForExitAsync()
    {
        await _emulator.WaitForExitAsync(CancellationToken.None);
        await WaitForErrorsAsync();
    }

    /// <summary>Says how a machine has ended that has gone, or is about to.</summary>
    public Task<MachineEnd> DetermineAsync() => EndOnceAsync(FindEndAsync);

    /// <summary>Ends a machine that does not answer.</summary>
    public Task<MachineEnd> StopHungMachineAsync() => EndOnceAsync(EndHungMachineAsync);

    // Several may notice at once, and a machine that hung ends like one that panicked when it is made to say where: who came first knows.
    private Task<MachineEnd> EndOnceAsync(Func<Task<MachineEnd>> end)
    {
        lock (_ends)
        {
            return _ending ??= end();
        }
    }

    private async Task<MachineEnd> FindEndAsync()
    {
        using CancellationTokenSource patience = new(s_afterExit);
        try
        {
            await _emulator.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return await EndHungMachineAsync();
        }

        await (Monitor?.WaitForCloseAsync(s_afterExit) ?? Task.CompletedTask);
        await WaitForErrorsAsync();
        End = (_emulator.ExitCode, Monitor?.ShutdownReason) switch
        {
            (QemuCommandLine.PowerOffStatus, _) or (0, "guest-shutdown") => new MachineEnd(MachineEndKind.PowerOff, string.Empty),
            (QemuCommandLine.PanicStatus, _) => new MachineEnd(MachineEndKind.Panic, MachineEnd.PanicBlock(ConsoleLog)),
            (0, "guest-reset") => new MachineEnd(MachineEndKind.Reset, LastConsoleLines()),
            var (status, reason) when MachineEnd.IsKilled(status, reason) => new MachineEnd(MachineEndKind.EmulatorKilled, _errors.Text.Trim()),
            var (status, _) => new MachineEnd(MachineEndKind.EmulatorFailed, $"{_errors.Text.Trim()} (QEMU {MachineEnd.DescribeStatus(status)})".Trim()),
        };
        return End;
    }

    private async Task<MachineEnd> EndHungMachineAsync()
    {
        string lastLines = LastConsoleLines();
        string registers = string.Empty;
        using CancellationTokenSource patience = new(s_patience);
        try
        {
            if (Monitor is not null)
            {
                registers = WithoutVectorRegisters(await Monitor.ReadRegistersAsync(patience.Token));

                // A kernel that is still there says what each of its threads does, and stops.
                await Monitor.InterruptAsync(patience.Token);
                await _emulator.WaitForExitAsync(patience.Token);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ChannelClosedException or IOException)
        {
            // Where not even QEMU answers, the console must do.
        }

        if (!_emulator.HasExited)
        {
            _emulator.Kill();
        }

        End = new MachineEnd(MachineEndKind.Hang, $"{lastLines}\n{registers.Trim()}\n{MachineEnd.PanicBlock(ConsoleLog)}".Trim());
        return End;
    }

    private Task WaitForErrorsAsync() => Task.WhenAny(_readingErrors, Task.Delay(s_afterExit, CancellationToken.None));

    private static string WithoutVectorRegisters(string registers)
    {
        int floatingPoint = registers.IndexOf("FCW=", StringComparison.Ordinal);
        return floatingPoint < 0 ? registers : registers[..floatingPoint].ReplaceLineEndings("\n");
    }

    private string LastConsoleLines()
    {
        const int Shown = 25;
        string[] lines = ConsoleLog.TrimEnd().Split('\n');
        return string.Join('\n', lines[Math.Max(0, lines.Length - Shown)..]);
    }
}
