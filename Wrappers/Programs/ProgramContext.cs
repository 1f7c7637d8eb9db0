using System;
using System.Collections.Generic;
using System.Text;
using NooksOS.Contracts;

namespace NooksOS.Programs;

/// <summary>What a running program is given.</summary>
public sealed class ProgramContext
{
    /// <summary>Asks the kernel for the arguments.</summary>
    internal ProgramContext(IExtensionServices services)
    {
        Services = services;
        byte[] bytes = new byte[ProcessLimits.ArgumentBytes];
        int length = services.Process.GetArguments(bytes).TryGet(out uint value) ? (int)Math.Min(value, (uint)bytes.Length) : 0;
        List<string> arguments = [];
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, length);
        for (int end = rest.IndexOf((byte)0); end >= 0; end = rest.IndexOf((byte)0))
        {
            arguments.Add(Encoding.UTF8.GetString(rest[..end]));
            rest = rest[(end + 1)..];
        }

        Arguments = arguments;
    }

    /// <summary>What the kernel offers.</summary>
    public IExtensionServices Services { get; }

    /// <summary>The words after the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Writes text and a line feed to the terminal.</summary>
    public void WriteLine(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text + "\n");
        while (!rest.IsEmpty)
        {
            int count = Math.Min(rest.Length, ProcessLimits.OutputBytes);
            Services.Process.WriteOutput(rest[..count]);
            rest = rest[count..];
        }
    }
}
