using NooksOS.Contracts;
using NooksOS.Extensions.TcpIp.Wire;

namespace NooksOS.Extensions.TcpIp;

/// <summary>A neighbour as the next instance of the stack is told of it.</summary>
internal readonly record struct KnownNeighbor(Ipv4Address Address, MacAddress Hardware);
