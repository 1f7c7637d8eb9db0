using System;
using System.Threading;
using NooksOS.Contracts;

namespace NooksOS.Programs;

/// <summary>
/// What the author of a ring-3 program derives from: the shell starts it with arguments and waits for its status. It runs on a thread
/// of its own, as long as it likes, until it returns or the user interrupts it; the kernel takes back whatever it holds then.
/// </summary>
public abstract class Program : IExtension
{
    private ProgramContext? _context;

    /// <inheritdoc/>
    public CallResult Start(IExtensionServices services)
    {
        _context = new ProgramContext(services);
        new Thread(Work) { IsBackground = true, Name = "main" }.Start();
        return CallResult.Ok;
    }

    /// <inheritdoc/>
    public CallResult Stop() => CallResult.Ok;

    /// <summary>Does the program's work. Throw <see cref="ProgramFailureException"/> to fail with a line of text.</summary>
    /// <returns>The status; zero says that all went well.</returns>
    protected abstract int Run(ProgramContext context);

    private void Work()
    {
        int status;
        try
        {
            status = Run(_context!);
        }
        catch (ProgramFailureException failure)
        {
            _context!.WriteLine($"error: {failure.Message}");
            status = failure.Status;
        }

        _context!.Services.Process.Exit(status);
    }
}
