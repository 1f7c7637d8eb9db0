using System.Collections.Generic;
using NooksOS.Contracts;
using NooksOS.Recovery;

namespace NooksOS.Tests.Units.Recovery;

/// <summary>A recovery manager with everything around it made up.</summary>
internal sealed class Machine
{
    public const string Driver = "e1000";
    public const string Agent = "agent";

    public Machine(RecoveryOptions? options = null)
    {
        Work = new FakeSignal(Clock);
        Done = new FakeSignal(Clock);
        AgentNews = new FakeSignal(Clock);
        Domains = new FakeDomains(Clock, Events);
        Shadow = new FakeShadow(Events);
        Manager = new RecoveryManager(Domains, Clock, Work, Done, AgentNews, options ?? new RecoveryOptions());
        Manager.AddParticipant(Shadow);
        Services = new RecoveryServices(Manager, Clock, AgentNews);
        Clock.WhileAsleep = () => Manager.RunOnce();
    }

    public List<string> Events { get; } = [];

    public FakeClock Clock { get; } = new();

    public FakeSignal Work { get; }

    public FakeSignal Done { get; }

    public FakeSignal AgentNews { get; }

    public FakeDomains Domains { get; }

    public FakeShadow Shadow { get; }

    public RecoveryManager Manager { get; }

    public RecoveryServices Services { get; }

    public ExtensionStatus Status => Manager.Describe(Driver)!;

    public FaultRecord LastRecord => Manager.Log.Snapshot()[^1];

    /// <summary>Loads the driver, and the agent first if told so, and forgets the events of that.</summary>
    public Machine Boot(bool withAgent = false, RecoveryPolicyParameters? policy = null, string? replacement = null)
    {
        if (withAgent)
        {
            Manager.Register(new ExtensionDefinition { Name = Agent, ImageName = "agent.nx", IsAgent = true });
            Manager.Request(Agent, ExtensionCommand.Load);
            Manager.RunOnce();
        }

        Manager.Register(new ExtensionDefinition
        {
            Name = Driver,
            ImageName = "e1000.nx",
            ReplacementImageName = replacement,
            Policy = policy ?? RecoveryPolicy.Default,
        });
        Manager.Request(Driver, ExtensionCommand.Load);
        Manager.RunOnce();
        Events.Clear();
        return this;
    }

    /// <summary>Makes an extension fail. The recovery thread has not run yet.</summary>
    public bool Crash(string name = Driver, FaultKind kind = FaultKind.IllegalWrite) => Manager.Report(new FaultReport
    {
        DomainId = Manager.Describe(name)!.DomainId!.Value,
        Kind = kind,
        TimeNanoseconds = Clock.NowNanoseconds,
        Address = 0xFFFF_8000_0000_1000,
        HasAddress = true,
        InstructionPointer = 0x80_0010_1234,
    });
}
