using System.Threading.Tasks;
using NooksOS.Sockets;

namespace NooksOS.Image.Probing;

/// <summary>Asks one service something to which there is one right answer.</summary>
internal interface IProbe
{
    /// <summary>The extension whose fault a wrong answer or none is.</summary>
    string Extension { get; }

    /// <summary>Whether that is the network stack, whose work shows in frames; that of others shows in what their sockets carry.</summary>
    bool IsOfStack { get; }

    /// <summary>Asks. Null if the answer is right, else what is wrong with it.</summary>
    /// <param name="loop">Runs what is awaited.</param>
    /// <param name="address">Where it is asked.</param>
    /// <param name="port">From which port: a reserved one.</param>
    /// <exception cref="System.IO.IOException">There was no answer.</exception>
    Task<string?> AskAsync(SocketLoop loop, IPAddress address, ushort port);
}
