using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using NooksOS.Contracts;
using NooksOS.Image.Hosting;
using NooksOS.Isolation;
using NooksOS.Kernel.Shell;
using NooksOS.Recovery;

namespace NooksOS.Image.Processes;

/// <summary>Runs programs at ring 3 for the shell. Several may run at a time, one for each session.</summary>
internal sealed class ProcessHost(DomainHost domains, ServiceFurnisher furnisher, FaultSymbolizer symbolizer)
{
    private readonly Stack<IKernelSignal> _signals = new();
    private readonly List<Process> _running = [];

    /// <summary>Runs a program to its end. Returns its status, or that of the shell if it was interrupted or has failed.</summary>
    /// <exception cref="CommandFailureException">The program could not be started, or has failed.</exception>
    public int Run(string name, IReadOnlyList<string> arguments, ShellOutput output, CancellationToken cancellation)
    {
        PristineImage image = domains.Images.Open(name, isProcess: true, out string? refusal) ?? throw new CommandFailureException(refusal!);
        IKernelSignal signal = TakeSignal();
        try
        {
            Process process = Process.TryLoad(name, image, domains.Ledger, signal, out refusal)
                ?? throw new CommandFailureException(refusal!);
            ProcessEnd end;
            string? loss;
            try
            {
                Note(process);
                furnisher.FurnishProcess(process.Instance, name, new ProcessServices(Encode(arguments), output, process.NoteExit));
                CallStatus status = process.TryStart();
                if (status != CallStatus.Ok && process.Instance.IsAlive)
                {
                    throw new CommandFailureException($"{name} did not start: {status}");
                }

                end = process.WaitForEnd(cancellation);
            }
            finally
            {
                Forget(process);
                loss = process.TakeAway();
            }

            if (loss is not null)
            {
                throw new CommandFailureException($"{name}: {loss}");
            }

            return end.Kind switch
            {
                ProcessEndKind.Exited => end.Status,
                ProcessEndKind.Interrupted => throw new OperationCanceledException(cancellation),
                _ => throw new CommandFailureException(Describe(name, end.Fault!)),
            };
        }
        finally
        {
            ReturnSignal(signal);
        }
    }

    /// <summary>The run of a program that was started last, or null if it does not run.</summary>
    public Process? Find(string name)
    {
        lock (_running)
        {
            return _running.FindLast(process => process.ImageName == name);
        }
    }

    private static byte[] Encode(IReadOnlyList<string> arguments)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(arguments.Select(static argument => argument + "\0")));
        return bytes.Length <= ProcessLimits.ArgumentBytes
            ? bytes
            : throw new CommandFailureException($"the arguments have more than {ProcessLimits.ArgumentBytes} bytes");
    }

    private string Describe(string name, FaultReport fault)
    {
        string text = $"{name} was ended by a fault, {fault.Kind}, in {symbolizer.Locate(name, 0, fault.InstructionPointer)}";
        return fault.Detail.Length == 0 ? text : $"{text}: {fault.Detail}";
    }

    private void Note(Process process)
    {
        lock (_running)
        {
            _running.Add(process);
        }
    }

    private void Forget(Process process)
    {
        lock (_running)
        {
            _running.Remove(process);
        }
    }

    // Signals live as long as the kernel, so they are used again.
    private IKernelSignal TakeSignal()
    {
        lock (_signals)
        {
            return _signals.TryPop(out IKernelSignal? signal) ? signal : new KernelSignal();
        }
    }

    private void ReturnSignal(IKernelSignal signal)
    {
        signal.Wait(0);
        lock (_signals)
        {
            _signals.Push(signal);
        }
    }
}
