using System.Globalization;

namespace NooksOS.Sockets;

/// <summary>One end of a connection.</summary>
/// <param name="Address">The address.</param>
/// <param name="Port">The port; zero stands for any.</param>
public readonly record struct IPEndPoint(IPAddress Address, ushort Port)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
