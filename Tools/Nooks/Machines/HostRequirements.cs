using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NooksOS.Tool.Host;
using NooksOS.Tool.Options;

namespace NooksOS.Tool.Machines;

/// <summary>
/// Finds out before anything is built or started whether this host can run a machine now, and says what to do where it cannot: the emulator
/// would say it in its own words, after minutes of building.
/// </summary>
public static class HostRequirements
{
    private const string VirtualizationDevice = "/dev/kvm";
    private const string MemoryFile = "/proc/meminfo";
    private const int KilobytesPerMegabyte = 1024;

    // Where the emulator holds its locks on the file of a disk: a byte for each permission that it has, and for each that it denies to others.
    private const long FirstLockedByte = 100;
    private const long LockedBytes = 200;

    /// <summary>Requires what a machine of the given options needs of the host.</summary>
    /// <exception cref="HostException">Something is missing or taken.</exception>
    public static void Require(BootOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Accelerator == Accelerator.Kvm)
        {
            RequireVirtualization(VirtualizationDevice);
            RequireNoCounting(options);
        }

        RequireMemory(options.MemoryMegabytes, File.ReadAllLines(MemoryFile));
        foreach (string disk in options.Disks.Select(DiskImage.FileOf))
        {
            RequireUnused(disk);
        }

        // A peer on its own link needs none of the host's ports.
        if (options.Nic != NicModels.None && options.Peer == PeerKind.User)
        {
            foreach (PortForward forward in options.Forwards)
            {
                RequireForward(forward);
            }
        }

        if (options.DebuggerPort is { } port)
        {
            RequirePort($"--port {Number(port)}", port, SocketType.Stream);
        }
    }

    /// <summary>Requires that the device of hardware virtualisation is there and that this user may use it.</summary>
    public static void RequireVirtualization(string device)
    {
        if (!File.Exists(device))
        {
            throw new HostException($"--accel kvm: this host has no {device}; leave --accel away, and the machine is emulated");
        }

        try
        {
            using FileStream opened = new(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"--accel kvm: this user may not use {device}; on Debian members of the group kvm may: sudo adduser $USER kvm", failure);
        }
    }

    /// <summary>Requires that the host's memory, by what it says of it, is not smaller than the machine's.</summary>
    public static void RequireMemory(int megabytes, IReadOnlyList<string> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        long there = (Kilobytes(memory, "MemTotal:") + Kilobytes(memory, "SwapTotal:")) / KilobytesPerMegabyte;
        if (there > 0 && megabytes > there)
        {
            throw new HostException($"--memory {Number(megabytes)}: this host has {there.ToString(CultureInfo.InvariantCulture)} MB in all; give the machine less");
        }
    }

    /// <summary>Requires that no emulator writes to the file of a disk.</summary>
    public static void RequireUnused(string file)
    {
        if (!OperatingSystem.IsLinux() || new FileInfo(file).Length == 0)
        {
            return;
        }

        using FileStream disk = new(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        try
        {
            disk.Lock(FirstLockedByte, LockedBytes);
        }
        catch (IOException failure)
        {
            throw new HostException($"--disk: another machine uses '{file}'; end it, or take a copy of the file", failure);
        }
    }

    /// <summary>Requires that nobody uses the ports of the host that a forward takes.</summary>
    public static void RequireForward(PortForward forward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        if (forward.LeadsConnections)
        {
            RequirePort($"--forward {forward}", forward.HostPort, SocketType.Stream);
        }

        if (forward.LeadsDatagrams)
        {
            RequirePort($"--forward {forward}", forward.HostPort, SocketType.Dgram);
        }
    }

    private static void RequireNoCounting(BootOptions options)
    {
        if (options.CountInstructions)
        {
            throw new HostException("instructions can be counted in the emulator only: leave --accel away");
        }
    }

    private static void RequirePort(string option, int port, SocketType type)
    {
        using Socket socket = new(AddressFamily.InterNetwork, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        string name = $"{(type == SocketType.Stream ? "TCP" : "UDP")} port {Number(port)} of 127.0.0.1";
        try
        {
            // What is left of connections that have ended takes no port from the emulator either.
            if (type == SocketType.Stream)
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            }

            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException failure)
        {
            string what = failure.SocketErrorCode == SocketError.AccessDenied
                ? $"this user may not use {name}; give one above 1023"
                : $"another program uses {name}; end it, or give another port";
            throw new HostException($"{option}: {what}", failure);
        }
    }

    private static long Kilobytes(IReadOnlyList<string> memory, string name)
    {
        string? line = memory.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        string[] words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes : 0;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
