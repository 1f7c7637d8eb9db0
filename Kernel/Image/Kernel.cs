using System;
using System.IO;
using System.Linq;
using NooksOS.Contracts;
using NooksOS.Files;
using NooksOS.Image.Commands;
using NooksOS.Image.Hosting;
using NooksOS.Image.Probing;
using NooksOS.Image.Processes;
using NooksOS.Image.SelfTests;
using NooksOS.Image.Services;
using NooksOS.Isolation;
using NooksOS.Kernel.Bus;
using NooksOS.Kernel.Bus.Isa;
using NooksOS.Kernel.Bus.Remapping;
using NooksOS.Kernel.Console;
using NooksOS.Kernel.Cpu;
using NooksOS.Kernel.Shell;
using NooksOS.Kernel.Shell.Commands;
using NooksOS.Kernel.Startup;
using NooksOS.Kernel.Threads;
using NooksOS.Recovery;
using NooksOS.Recovery.Commands;
using NooksOS.Recovery.Shadows;

namespace NooksOS.Image;

/// <summary>The kernel's composition root: what exists, how it is joined, and in which order it comes to life.</summary>
public sealed class Kernel
{
    private const string Agent = "agent";
    private const string FileSystem = "vfat";
    private const string Stack = "tcpip";
    private const string WebServer = "khttpd";
    private const int DatagramProbeBytes = 1024;

    // More than one frame of the longest that there are.
    private const int StreamProbeBytes = 4096;
    private const long StartBoundNanoseconds = 10_000_000_000;

    // After the drivers, whose devices they use.
    private static readonly string[] s_extensions = [Stack, WebServer];

    // Run by commands of the same names, and not loaded as extensions.
    private static readonly string[] s_programs = ["play"];

    private readonly KernelClock _clock = new();
    private readonly CommandRegistry _commands = new();

    /// <summary>Brings everything up that runs without being asked.</summary>
    public void BeforeRun()
    {
        ProcessorStartup.StartTime();
        RealTimeClock.Initialize();
        Hardware.FindDevices();
        LegacyDevices.Find();
        BootOptions options = BootOptions.Read();
        if (options.Complaint is { } complaint)
        {
            Log.Write(complaint);
        }

        GateBridge.Connect();
        ProtectionBackEnd backEnd = options.BackEnd;
        if (backEnd == ProtectionBackEnd.ProtectionKeys && !ProtectionKeys.TryEnable())
        {
            Log.Write("this processor has no protection keys for supervisor pages: using page tables");
            backEnd = ProtectionBackEnd.PageTable;
        }

        DmaRemapping.Enable(backEnd != ProtectionBackEnd.Direct, SlotLayout.SlotLimit);
        Log.Write(DmaRemapping.State);
        DmaTarget.Make();
        ImageFiles.TakeHandedOver();
        DomainHost host = new(backEnd);
        RecoveryManager manager = StartRecovery(
            host, out NetworkDeviceShadow networkDevice, out SocketShadow sockets, out StorageStack storage, out SoundDeviceShadow sound,
            out FileStack files);
        BasicCommands.AddTo(_commands, host.CountPages, () => FinishWriting(files.Files));
        _commands.Add(new SelfTestCommand());
        RecoveryCommands.AddTo(
            _commands, manager, new DomainViewer(manager, host, host), new FaultViewer(manager.Log, new FaultSymbolizer()), host,
            new InstalledImages(host, files.Files));
        ServiceProbes probes = MakeProbes(host, manager, networkDevice, sockets);
        ImageCommands.AddTo(_commands, host, manager, networkDevice, sockets, storage.Shadow, files.Shadow, _clock, probes);
        StorageCommands.AddTo(_commands, storage.Disks);
        SoundCommands.AddTo(_commands, sound);
        FileCommands.AddTo(_commands, files.Shadow, files.Files, storage.Disks, _clock);
        Load(manager, Agent);
        LoadDrivers(manager);
        if (!storage.Disks.WaitUntilScanned(StartBoundNanoseconds))
        {
            Log.Write("a disk does not say in time how it is divided");
        }

        if (storage.Disks.Disks.Count != 0)
        {
            Load(manager, FileSystem);
        }

        foreach (string extension in s_extensions)
        {
            Load(manager, extension);
        }

        foreach (string image in ImageFiles.List().Where(name => manager.Describe(name) is null && !s_programs.Contains(name)))
        {
            Register(manager, image);
        }

        new EchoService(KernelSockets.Make(sockets, host.Ledger)).Start();
        KernelThreads.Start("probes"u8, ThreadPriority.Normal, probes.Run);
        // The first collection starts the thread that runs finalizers: what it takes is not to look like a loss later.
        GC.Collect();
        Log.Write($"isolation: {BackEndNames.Of(backEnd)}");
        ConsoleSession.Start(_commands);
        ControlSession.Start(_commands);
    }

    /// <summary>The main thread has nothing left to do: the sessions serve their lines.</summary>
    public void Run() => _clock.Sleep(-1);

    private RecoveryManager StartRecovery(
        DomainHost host, out NetworkDeviceShadow networkDevice, out SocketShadow sockets, out StorageStack storage, out SoundDeviceShadow sound,
        out FileStack files)
    {
        KernelSignal recoveryWork = new();
        KernelSignal agentNews = new();
        RecoveryManager manager = new(host, _clock, recoveryWork, new KernelSignal(), agentNews, new RecoveryOptions());
        KernelSignal networkWork = new();
        ExchangeMemory driverMemory = new();
        ExchangeMemory stackMemory = new();
        networkDevice = new NetworkDeviceShadow(
            _clock, networkWork, () => new KernelSignal(), manager, driverMemory, stackMemory, new NetworkShadowOptions());
        ConnectionMemory memory = new();
        host.Ledger.AddProbe(memory);
        host.Connections = memory;
        ConnectionBlocks connections = new(memory);
        sockets = new SocketShadow(_clock, networkWork, () => new KernelSignal(), connections, manager, new SocketShadowOptions());

        sound = new SoundDeviceShadow(_clock, new KernelSignal(), () => new KernelSignal(), manager, new SoundShadowOptions());

        // First: a fresh stack must know its connections before it gets a frame.
        manager.AddParticipant(sockets);
        manager.AddParticipant(networkDevice);
        manager.AddParticipant(sound);
        files = new FileStack(_clock, static () => new KernelSignal(ThreadState.WaitingForDevice), host.Ledger, manager);
        manager.AddParticipant(files.Shadow);
        networkDevice.Sockets = sockets;
        storage = new StorageStack(_clock, manager);
        host.Caches = storage.Memory;
        manager.AddParticipant(storage.Shadow);
        manager.Log.Ended = record => Log.Write(FaultLine.Write(record));

        host.Processes.Add(Agent);
        SystemOrders orders = new(_commands, new KernelSignal());
        ServiceFurnisher furnisher = new(
            new StateStore(_clock, () => new KernelSignal()), networkDevice, driverMemory, stackMemory, sockets, connections,
            new RecoveryServices(manager, _clock, agentNews), storage.Shadow, storage.Disks, sound, files.Shadow, _commands, new SystemControlService(manager, orders));
        host.Furnish = furnisher.Furnish;
        ProcessHost processes = new(host, furnisher, new FaultSymbolizer());
        _commands.Add(new KillCommand(processes));
        _commands.Add(new ProgramCommand(processes, s_programs[0], "FILE.wav|--tone HZ ...", "play a WAV file or a tone"));

        HealthMonitor health = new(
            new HealthFaults(manager, _clock), manager.Describe, host, new TickClock(), new HealthOptions());
        health.AddSource(manager.Starts);
        health.AddSource(networkDevice);
        health.AddSource(storage.Shadow);
        health.AddSource(sound);
        KernelThreads.Start("deaths"u8, ThreadPriority.Recovery, () => WatchDeaths(recoveryWork));
        KernelThreads.Start("DMA faults"u8, ThreadPriority.Recovery, DmaFaults.Run);
        KernelThreads.Start("recovery"u8, ThreadPriority.Recovery, manager.Run);
        KernelThreads.Start("standby"u8, ThreadPriority.Low, manager.RunWhenIdle);
        KernelThreads.Start("network"u8, ThreadPriority.Interrupt, networkDevice.Run);
        storage.Start();
        KernelThreads.Start("sound"u8, ThreadPriority.Interrupt, sound.Run);
        KernelThreads.Start("sound guard"u8, ThreadPriority.Recovery, sound.RunGuard);
        KernelThreads.Start("network idle"u8, ThreadPriority.Low, networkDevice.RunWhenIdle);
        KernelThreads.Start("code guard"u8, ThreadPriority.Low, host.Guard.Run);
        files.Start();
        KernelThreads.Start("orders"u8, ThreadPriority.Normal, orders.Run);
        KernelThreads.Start("health"u8, ThreadPriority.Recovery, health.Run);
        return manager;
    }

    private ServiceProbes MakeProbes(DomainHost host, RecoveryManager manager, NetworkDeviceShadow network, SocketShadow sockets)
    {
        IProbe[] probes =
        [
            new DatagramProbe(Stack, WebProbe.MakeContent(DatagramProbeBytes)),
            new StreamProbe(Stack, WebProbe.MakeContent(StreamProbeBytes)),
            new WebProbe(WebServer),
        ];
        return new ServiceProbes(network, manager, host, KernelSockets.Make(sockets, host.Ledger), _clock, probes);
    }

    // Whoever switches a machine off expects to find everything there again.
    private static void FinishWriting(FileSystem files)
    {
        try
        {
            files.Synchronize();
        }
        catch (FileFailure failure) when (failure.Status == FileStatus.NotMounted)
        {
            // A machine without a disk, or without one that files can be on.
        }
        catch (IOException failure)
        {
            Log.Write($"not everything is on the disk: {failure.Message}");
        }
    }

    // An interrupt handler can wake a thread, but it cannot call the manager.
    private static void WatchDeaths(KernelSignal recoveryWork)
    {
        int seen = 0;
        while (true)
        {
            seen = DomainDeath.WaitForDeath(seen, -1);
            recoveryWork.Set();
        }
    }

    // Those without a device are only made known, so that they can be loaded by hand.
    private static void LoadDrivers(RecoveryManager manager)
    {
        foreach (DriverEntry driver in DriverCatalog.Read())
        {
            if (driver.IsWanted)
            {
                Load(manager, driver.Name);
            }
            else
            {
                Register(manager, driver.Name);
            }
        }
    }

    private static void Register(RecoveryManager manager, string name)
        => manager.Register(new ExtensionDefinition { Name = name, ImageName = name, IsAgent = name == Agent });

    private static void Load(RecoveryManager manager, string name)
    {
        Register(manager, name);
        manager.Request(name, ExtensionCommand.Load);
        if (manager.WaitForCommand(name, StartBoundNanoseconds) != RecoveryWaitResult.Done)
        {
            Log.Write($"{name}: {manager.Describe(name)?.LastError ?? "did not start in time"}");
        }
    }
}
