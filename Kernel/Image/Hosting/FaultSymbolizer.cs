using NooksOS.Recovery;

namespace NooksOS.Image.Hosting;

/// <summary>Looks up functions and lines of extensions.</summary>
internal sealed class FaultSymbolizer(DomainHost host) : IFaultSymbolizer
{
    private readonly DomainHost _host = host;

    /// <inheritdoc/>
    public CodeLocation Locate(string imageName, uint domainId, ulong address) => default;
}
