using System;
using NooksOS.Isolation;
using NooksOS.Recovery.Shadows;
using NooksOS.Wrappers;

namespace NooksOS.Image.Hosting;

/// <summary>The memory in which frames pass to and from an extension, as its shadow wants it.</summary>
internal sealed class ExchangeMemory : IExchangeMemory
{
    private readonly ExchangePages _pages = ExchangePages.Allocate(ExchangeBuffers.SizeBytes, ExchangeBuffers.QueueBytes);

    /// <inheritdoc/>
    public Span<byte> Bytes => _pages.Bytes;

    /// <summary>The same as one instance sees it, which is called by that channel.</summary>
    public IExchangeView ViewOf(Domain instance, DomainChannel channel) => new View(_pages, instance, channel);

    private sealed class View(ExchangePages pages, Domain instance, DomainChannel channel) : IExchangeView
    {
        public bool TryOpen()
        {
            if (!pages.TryShow(instance))
            {
                return false;
            }

            channel.Share(pages.Address, pages.SizeBytes, ExchangePages.AddressIn(instance));
            return true;
        }

        public void Close() => pages.Hide(instance);
    }
}
