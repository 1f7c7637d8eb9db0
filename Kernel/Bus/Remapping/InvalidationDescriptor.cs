namespace NooksOS.Kernel.Bus.Remapping;

/// <summary>A descriptor of the invalidation queue, 16 bytes; Intel VT-d specification, section "Queued Invalidation Interface".</summary>
/// <param name="Low">Bits 3:0: the type. The rest depends on it.</param>
/// <param name="High">Depends on the type.</param>
public readonly record struct InvalidationDescriptor(ulong Low, ulong High)
{
    private const ulong ContextCache = 1;
    private const ulong TranslationCache = 2;
    private const ulong Wait = 5;
    private const ulong EverythingOrAll = 1UL << 4;
    private const ulong OneDomain = 2UL << 4;
    private const ulong OneDevice = 3UL << 4;
    private const ulong StatusWrite = 1UL << 5;
    private const ulong DrainWrites = 1UL << 6;
    private const ulong DrainReads = 1UL << 7;
    private const int DomainShift = 16;
    private const int SourceShift = 32;
    private const int StatusShift = 32;

    /// <summary>Forgets every context.</summary>
    public static InvalidationDescriptor AllContexts => new(ContextCache | EverythingOrAll, 0);

    /// <summary>Forgets every translation.</summary>
    public static InvalidationDescriptor AllTranslations => new(TranslationCache | EverythingOrAll, 0);

    /// <summary>Forgets the context of a function.</summary>
    public static InvalidationDescriptor ContextOf(ushort domain, ushort source)
        => new(ContextCache | OneDevice | ((ulong)domain << DomainShift) | ((ulong)source << SourceShift), 0);

    /// <summary>Forgets the translations of a domain, and waits for accesses that are under way as far as the unit can.</summary>
    public static InvalidationDescriptor TranslationsOf(ushort domain, in RemappingCapabilities capabilities)
        => new(
            TranslationCache | OneDomain | ((ulong)domain << DomainShift)
                | (capabilities.DrainsWrites ? DrainWrites : 0) | (capabilities.DrainsReads ? DrainReads : 0),
            0);

    /// <summary>Writes a number to memory when everything before it is done.</summary>
    public static InvalidationDescriptor WriteWhenDone(ulong address, uint number)
        => new(Wait | StatusWrite | ((ulong)number << StatusShift), address);
}
