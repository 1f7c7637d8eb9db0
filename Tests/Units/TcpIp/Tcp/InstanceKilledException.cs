using System;

namespace NooksOS.Tests.Units.TcpIp.Tcp;

/// <summary>The instance dies here.</summary>
internal sealed class InstanceKilledException : Exception;
