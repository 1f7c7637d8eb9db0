using System.Text;
using System.Threading;
using NooksOS.Kernel.Console;

namespace NooksOS.Kernel.Shell;

/// <summary>
/// The shell on the channel to the host tool: a line is a command, and each command's output is framed by its number, so that the
/// tool knows what belongs to what and how it ended. Runs beside the console's shell.
/// </summary>
public sealed class ControlSession
{
    private const int MaximumLineBytes = 4096;

    private readonly CommandRegistry _commands;
    private readonly ControlOutput _output = new();

    private ControlSession(CommandRegistry commands) => _commands = commands;

    /// <summary>Starts the session with a thread of its own.</summary>
    public static void Start(CommandRegistry commands)
        => new Thread(new ControlSession(commands).Run) { Name = "control shell", IsBackground = true }.Start();

    private void Run()
    {
        byte[] line = new byte[MaximumLineBytes];
        _output.Write("\u0001R\n");
        for (int number = 1; ; number++)
        {
            int length = ReadLine(line);
            _output.Write($"\u0001B {number}\n");
            int exitCode;
            if (length > line.Length)
            {
                _output.WriteLine($"error: a line may have {MaximumLineBytes} bytes");
                exitCode = ExitCode.Usage;
            }
            else
            {
                exitCode = _commands.Run(Encoding.UTF8.GetString(line, 0, length), _output, CancellationToken.None);
            }

            _output.Write($"\u0001E {number} {exitCode}\n");
        }
    }

    // The length that the line had, also if it did not fit.
    private static int ReadLine(byte[] line)
    {
        int length = 0;
        while (true)
        {
            byte value = ControlChannel.ReadByte();
            if (value == (byte)'\n')
            {
                return length;
            }

            if (value == (byte)'\r')
            {
                continue;
            }

            if (length < line.Length)
            {
                line[length] = value;
            }

            length = length < int.MaxValue ? length + 1 : length;
        }
    }
}
