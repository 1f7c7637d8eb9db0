using NooksOS.Contracts;
using NooksOS.Recovery.Agent;

[assembly: Extension(typeof(RecoveryAgent))]
